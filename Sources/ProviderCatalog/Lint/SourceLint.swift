import MailModel

/// Looks at where facts were learnt: anybody must be able to open it.
struct SourceLint {
    private let file: String
    private let knowledge: LintKnowledge?

    /// Takes the file that the sources stand in, and what is known of tables and pages.
    init(file: String, knowledge: LintKnowledge?) {
        self.file = file
        self.knowledge = knowledge
    }

    /// What is wrong with the sources of a profile.
    func problems(of profile: ProviderProfile) -> [LintProblem] {
        let dated = CatalogFigure.all(of: profile)
        return dated.flatMap { problems(of: $0) } + echoes(profile) + pages(profile)
    }

    /// What is wrong with the source of a figure.
    func problems(of figure: CatalogFigure) -> [LintProblem] {
        problems(of: figure.source, figure.keyPath) + undated(figure) + frontPage(figure)
    }

    /// What is wrong with one source.
    ///
    /// - Parameters:
    ///   - source: What stands there.
    ///   - keyPath: Where.
    /// - Returns: At most one problem.
    func problems(of source: String, _ keyPath: String) -> [LintProblem] {
        Self.mistake(in: source, retired: knowledge?.retired ?? []).map { [error(keyPath, $0)] } ?? []
    }

    /// Why nobody can open a source; nil when anybody can.
    static func mistake(in source: String, retired: [String]) -> String? {
        if source.wholeMatch(of: /RFC \d{1,5}(, section \d+(\.\d+)*)?/) != nil { return nil }
        if source.hasPrefix("http://") { return "plain http: name a page that is read over https" }
        guard source.wholeMatch(of: /https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/\S*)?/) != nil else {
            return "nobody can open it: name a web address, an RFC, or a file of a repository at a full commit"
        }
        if let gone = retired.first(where: source.hasPrefix) { return "the pages at \(gone) have gone" }
        return source.firstMatch(of: /^https:\/\/github\.com\/[^\/]+\/[^\/]+\/(blob|tree|raw)\/([^\/]+)/).flatMap {
            $0.2.wholeMatch(of: /[0-9a-f]{40}/) == nil ? "it changes under its readers: name the full commit" : nil
        }
    }

    /// A file at a commit has a day of its own; only that shows how old what it says is.
    private func undated(_ figure: CatalogFigure) -> [LintProblem] {
        guard figure.published == nil, figure.note == nil, figure.source.contains("/blob/") else { return [] }
        return [error(figure.keyPath, "published is missing: the day of the file's last change")]
    }

    /// The front page of a site carries no figure; it can only be the place where to look for one.
    private func frontPage(_ figure: CatalogFigure) -> [LintProblem] {
        guard figure.confidence != .low, figure.source.wholeMatch(of: /https:\/\/[^\/]+\/?/) != nil else { return [] }
        return [error(figure.keyPath, "a front page carries no figure: name the page, or say that confidence is low")]
    }

    /// Pages for readers are read over https too.
    private func pages(_ profile: ProviderProfile) -> [LintProblem] {
        let lists =
            [("links", profile.links), ("password.links", profile.password?.links ?? [])]
            + profile.switches.enumerated().map { ("switches[\($0.offset)].links", $0.element.links) }
        return lists.flatMap { key, links in
            links.enumerated().filter { $0.element.hasPrefix("http://") }.map { number, _ in
                error("\(key)[\(number)]", "plain http: name a page that is read over https")
            }
        }
    }

    /// A table that was made from another one is no second sighting beside it.
    private func echoes(_ profile: ProviderProfile) -> [LintProblem] {
        profile.sources.enumerated().flatMap { number, source in
            (knowledge?.derived ?? []).filter { source.source.hasPrefix($0.source) }.flatMap { table in
                source.sections.filter { section in
                    profile.sources.contains { $0.source.hasPrefix(table.origin) && $0.sections.contains(section) }
                }.map(\.rawValue).sorted().map {
                    error("sources[\(number)].for", "\($0): this table is a copy of the other one that is named")
                }
            }
        }
    }

    private func error(_ keyPath: String, _ message: String) -> LintProblem {
        LintProblem(file: file, keyPath: keyPath, severity: .error, message: message)
    }
}
