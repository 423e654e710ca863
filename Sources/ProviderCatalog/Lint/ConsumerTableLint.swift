import MailModel

/// Looks through the table of operators of which little is known.
struct ConsumerTableLint {
    private let knowledge: LintKnowledge?
    private let today: CatalogDate

    /// Takes what is known of tables and pages, and the day that ages are counted from.
    init(knowledge: LintKnowledge?, today: CatalogDate) {
        self.knowledge = knowledge
        self.today = today
    }

    /// What should be looked at. What cannot be read is told where the catalogue is read.
    ///
    /// - Parameter reader: Reads the catalogue.
    /// - Returns: The problems.
    func problems(_ reader: CatalogReader) -> [LintProblem] {
        guard reader.exists(ConsumerTable.file),
            let table = try? reader.read(ConsumerTable.file, ConsumerTable.json)
        else { return [] }
        let unsaid =
            table.notes.isEmpty ? [problem("notes", "a mailbox without servers says that they are not known")] : []
        return table.blocks.enumerated().flatMap { number, block in
            problems(of: block, "blocks[\(number)]")
        } + unsaid
    }

    private func problems(of block: ConsumerTable.Block, _ key: String) -> [LintProblem] {
        let figure = CatalogFigure(
            keyPath: key + ".source", source: block.source, date: block.date, published: block.published,
            note: block.note, confidence: block.confidence)
        let stale = DateLint.problem(block.date, ConsumerTable.file, key + ".date", today: today)
        let source = SourceLint(file: ConsumerTable.file, knowledge: knowledge)
        return source.problems(of: figure) + (stale.map { [$0] } ?? [])
    }

    private func problem(_ keyPath: String, _ message: String) -> LintProblem {
        LintProblem(file: ConsumerTable.file, keyPath: keyPath, severity: .error, message: message)
    }
}
