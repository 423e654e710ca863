import MailModel

/// Looks the folder of translations through: what programs say in other languages.
struct TranslationLint {
    private let directory: String
    private let meanings: Set<String>
    private let today: CatalogDate

    /// Takes the catalogue's folder and what messages can mean.
    init(directory: String, cues: ExplainCues, today: CatalogDate) {
        self.directory = directory
        meanings = Set(cues.meanings.map(\.means))
        self.today = today
    }

    /// What should be looked at.
    func problems() -> [LintProblem] {
        let reader = CatalogReader(directory: directory)
        let (files, errors) = reader.translations()
        var problems = errors.map(LintProblem.init)
        for file in files { problems += self.problems(of: file) }
        do throws(CatalogError) {
            if let labels = try reader.labels() { problems += self.problems(of: labels) }
        } catch {
            problems.append(LintProblem(error))
        }
        return problems
    }

    private func problems(of file: Located<TranslationFile>) -> [LintProblem] {
        var problems: [LintProblem] = []
        if let stale = DateLint.problem(file.value.date, file.file, "date", today: today) { problems.append(stale) }
        if !file.value.source.hasPrefix("https://") {
            problems.append(error(file.file, "source", "it is no address that anybody can open"))
        }
        var seen: [String: (means: Set<String>, key: String)] = [:]
        for (number, message) in file.value.messages.enumerated() {
            let key = "messages[\(number)]"
            problems += self.problems(of: message, file.file, key)
            for (language, pieces) in message.texts {
                let text = language + "\n" + pieces.joined(separator: "\n").lowercased()
                let means = Set([message.means] + message.also)
                if let other = seen[text], other.means.isDisjoint(with: means) {
                    let reason = "\(other.key) says the same in \(language) and means something else"
                    problems.append(error(file.file, key + ".texts.\(language)", reason))
                }
                seen[text] = (means, key)
            }
        }
        return problems
    }

    private func problems(of message: TranslationFile.Message, _ file: String, _ key: String) -> [LintProblem] {
        var problems: [LintProblem] = []
        for means in [message.means] + message.also where !meanings.isEmpty && !meanings.contains(means) {
            problems.append(error(file, key + ".means", "\(means) is no meaning of \(CatalogReader.cues)"))
        }
        if message.texts.isEmpty { problems.append(error(file, key + ".texts", "there is none")) }
        for (language, pieces) in message.texts.sorted(by: { $0.key < $1.key }) {
            let place = key + ".texts.\(language)"
            if !Self.isLanguage(language) { problems.append(error(file, place, "it is no tag of a language")) }
            if pieces.isEmpty || pieces.contains(where: { $0.utf8.count < 3 }) {
                problems.append(error(file, place, "a piece is too short to mean anything"))
            }
        }
        return problems
    }

    private func problems(of labels: LabelFile) -> [LintProblem] {
        let file = CatalogReader.translationFolder + "/labels.json"
        var problems: [LintProblem] = []
        for (number, label) in labels.labels.enumerated() {
            for (language, words) in label.words.sorted(by: { $0.key < $1.key }) {
                let key = "labels[\(number)].words.\(language)"
                if !Self.isLanguage(language) { problems.append(error(file, key, "it is no tag of a language")) }
                for (word, programs) in words.sorted(by: { $0.key < $1.key }) {
                    for program in programs where labels.sources[program] == nil {
                        problems.append(error(file, key + ".\(word)", "\(program) is not among the sources"))
                    }
                }
            }
        }
        return problems
    }

    /// A tag of BCP 47 as far as they stand here: a language, and perhaps a script or a region.
    private static func isLanguage(_ tag: String) -> Bool {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.utf8.count), parts.count <= 3 else { return false }
        let isPart = { (part: Substring) in
            (2...8).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        return first.allSatisfy { $0.isASCII && $0.isLowercase } && parts.dropFirst().allSatisfy(isPart)
    }

    private func error(_ file: String, _ key: String, _ message: String) -> LintProblem {
        LintProblem(file: file, keyPath: key, severity: .error, message: message)
    }
}

/// Looks the cues of pasted texts through.
struct CueLint {
    private let cues: ExplainCues
    private let today: CatalogDate

    /// Takes the cues.
    init(_ cues: ExplainCues, today: CatalogDate) {
        self.cues = cues
        self.today = today
    }

    /// What should be looked at.
    func problems() -> [LintProblem] {
        var problems: [LintProblem] = []
        if let date = cues.date, let stale = DateLint.problem(date, CatalogReader.cues, "date", today: today) {
            problems.append(stale)
        }
        var ids: Set<String> = []
        for (number, cue) in cues.cues.enumerated() {
            let key = "cues[\(number)]"
            if !ids.insert(cue.id).inserted { problems.append(error(key + ".id", "\(cue.id) exists twice")) }
            if !cue.source.hasPrefix("https://") { problems.append(error(key + ".source", "it is no address")) }
            if cue.role == .calm, cue.finding != .notAnAccountProblem {
                problems.append(error(key + ".finding", "calm words show not_an_account_problem"))
            }
            if cue.role == .reason, cue.finding == .notAnAccountProblem {
                problems.append(error(key + ".role", "words that show no problem are calm"))
            }
            for phrase in cue.all.joined() + cue.none where PhraseFolding.folded(phrase) != Array(phrase.utf8) {
                problems.append(error(key, "“\(phrase)” is not folded: small letters, single blanks, none at its ends"))
            }
        }
        let meanings = Dictionary(grouping: cues.meanings, by: \.means).filter { $0.value.count > 1 }
        for means in meanings.keys.sorted() { problems.append(error("meanings", "\(means) exists twice")) }
        return problems
    }

    private func error(_ key: String, _ message: String) -> LintProblem {
        LintProblem(file: CatalogReader.cues, keyPath: key, severity: .error, message: message)
    }
}

extension LintProblem {
    /// What could not be read.
    init(_ error: CatalogError) {
        self.init(file: error.file, keyPath: error.keyPath, severity: .error, message: error.reason)
    }
}
