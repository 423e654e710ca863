public import MailModel

/// Looks a catalogue through, beyond what loading it checks.
public struct CatalogLint: Sendable {
    /// The catalogue's folder.
    public let directory: String
    /// The day that ages are counted from.
    public let today: CatalogDate

    /// Makes a linter.
    ///
    /// - Parameters:
    ///   - directory: The catalogue's folder.
    ///   - today: The day that ages are counted from.
    public init(directory: String, today: CatalogDate) {
        self.directory = directory
        self.today = today
    }

    /// Looks everything through.
    ///
    /// - Returns: The problems, by file and place; none for a catalogue in good order.
    public func problems() -> [LintProblem] {
        let reader = CatalogReader(directory: directory)
        var content = reader.read()
        let knowledge = reader.lintKnowledge(&content)
        let errors =
            content.errors + ProfileIndex.build(content.profiles).conflicts + SignatureConflicts.find(in: content)
        var problems = errors.map(LintProblem.init)
        problems += content.dailyLimitBands.dates.compactMap { keyPath, date in
            DateLint.problem(date, CatalogReader.dailyLimits, keyPath, today: today)
        }
        problems += content.services.dates.sorted { $0.key < $1.key }.compactMap { keyPath, date in
            DateLint.problem(date, CatalogReader.services, keyPath, today: today)
        }
        problems += content.services.realms.enumerated().compactMap { number, realm in
            content.profiles.contains { $0.value.id == realm.provider }
                ? nil
                : LintProblem(
                    file: CatalogReader.services, keyPath: "realms[\(number)].provider", severity: .error,
                    message: "there is no such profile")
        }
        for profile in content.profiles where profile.file != ConsumerTable.file {
            problems += ProfileLint(profile, today: today).problems() + HostLint(profile).problems()
            problems += RedundancyLint(profile).problems() + ClassLint(profile, knowledge: knowledge).problems()
            problems += SourceLint(file: profile.file, knowledge: knowledge).problems(of: profile.value)
        }
        problems += ClashLint(content.profiles).problems()
        let base = SignatureBase(content.signatures.map(\.value))
        for signature in content.signatures {
            problems += SignatureLint(signature, base, today: today).problems()
            problems += SourceLint(file: signature.file, knowledge: knowledge)
                .problems(of: signature.value.source, signature.keyPath + ".source")
        }
        problems += ConsumerTableLint(knowledge: knowledge, today: today).problems(reader)
        problems += TableSourceLint(knowledge: knowledge).problems(reader)
        problems += CueLint(content.explainCues, today: today).problems()
        problems += TranslationLint(directory: directory, cues: content.explainCues, today: today).problems()
        return problems.sorted { ($0.file, $0.keyPath, $0.message) < ($1.file, $1.keyPath, $1.message) }
    }
}

/// Something in the catalogue that should be looked at.
public struct LintProblem: Hashable, Sendable, CustomStringConvertible {
    /// The file, below the catalogue's folder.
    public var file: String
    /// The place in the file, empty when it is the file as a whole.
    public var keyPath: String
    /// `error` for what must not be released, `warning` for what is only old.
    public var severity: Severity
    /// What it is, in words for a person.
    public var message: String

    /// Makes a problem.
    public init(file: String, keyPath: String, severity: Severity, message: String) {
        self.file = file
        self.keyPath = keyPath
        self.severity = severity
        self.message = message
    }

    /// `error: profiles/example.json: smtp[0].port: ...`
    public var description: String {
        let place = [file, keyPath].filter { !$0.isEmpty }.joined(separator: ": ")
        return "\(severity.rawValue): \(place): \(message)"
    }
}

/// Looks at the day on which a fact was looked up.
enum DateLint {
    /// A warning for a fact that nobody has looked up for a year, an error for one from the future.
    static func problem(_ date: CatalogDate, _ file: String, _ keyPath: String, today: CatalogDate) -> LintProblem? {
        if date > today {
            return LintProblem(file: file, keyPath: keyPath, severity: .error, message: "\(date) has not come yet")
        }
        guard date.isOverAYearBefore(today) else { return nil }
        return LintProblem(
            file: file, keyPath: keyPath, severity: .warning,
            message: "\(date) is more than a year ago: look it up again")
    }
}
