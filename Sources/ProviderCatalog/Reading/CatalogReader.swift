import Dispatch
import FoundationEssentials
import MailJSON
import Synchronization

/// Reads the files of a catalogue and goes on after a mistake, so that a linter can show all of them at once.
struct CatalogReader {
    /// The catalogue's folder.
    let directory: String
    /// Its profiles, where they stand together in one file.
    private let pack: ProfilePack?

    init(directory: String) {
        self.directory = directory
        let pack = ProfilePack(directory: directory)
        self.pack = pack.isThere ? pack : nil
    }

    /// The file with the table of daily limits.
    static let dailyLimits = "daily-limits.json"
    /// The file with the services on the web.
    static let services = "services.json"
    /// The file with words in pasted texts; a catalogue can do without.
    static let traces = "traces.json"
    /// The file with those who open TLS on the way; a catalogue can do without.
    static let interceptors = "interceptors.json"
    /// The file with words that speak for causes; a catalogue can do without.
    static let cues = "cues.json"
    /// The folder with what programs say in other languages; a catalogue can do without.
    static let translationFolder = "translations"
    /// The file with networks and names for detection; a catalogue can do without.
    static let detection = "detection.json"
    /// The file with what the linter knows; a catalogue can do without.
    static let lint = "lint.json"
    /// Octets in one file. The largest has some 70,000.
    static let fileLimit = 1_048_576
    /// Files in one folder.
    static let fileCountLimit = 2_000

    /// Reads everything, or of the profiles only those that mention a name.
    ///
    /// - Parameter names: Names in small letters; nil for all profiles.
    /// - Returns: What could be read, and the mistakes.
    func read(mentioning names: Set<String>? = nil) -> CatalogContent {
        var content = CatalogContent()
        content.isPart = names != nil
        content.translations = Translations(directory: directory)
        var listing = CatalogContent()
        let files = (names?.isEmpty ?? false ? [] : table + profileFiles(&listing)) + list("signatures", &listing)
        let heads = CatalogHeads.all
        let octets = names.map { $0.map { Array($0.utf8) } }
        let parts = onAllCores(heads.count + files.count) { place in
            place < heads.count ? heads[place].part(self) : read(files[place - heads.count], octets)
        }
        content.profiles.reserveCapacity(files.count)
        for part in parts[..<heads.count] { part.fill(&content) }
        content.errors += listing.errors
        for part in parts[heads.count...] { part.fill(&content) }
        content.profiles = Self.merged(content.profiles)
        return content
    }

    /// What the linter knows besides its rules; nil when the catalogue says nothing of it.
    ///
    /// - Parameter content: Where a mistake in the file is noted.
    /// - Returns: It.
    func lintKnowledge(_ content: inout CatalogContent) -> LintKnowledge? {
        guard exists(Self.lint) else { return nil }
        var knowledge: LintKnowledge?
        attempt(&content) { _ throws(CatalogError) in knowledge = try read(Self.lint, LintKnowledge.json) }
        return knowledge
    }

    /// Does hundreds of things on all cores: a command begins with reading these files.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - body: Does one. Who is through with one takes the next.
    /// - Returns: What each gave, in their order.
    private func onAllCores<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
        let workers = max(1, min(4, ProcessInfo.processInfo.activeProcessorCount))
        let next = Atomic(0)
        let found = Mutex<[[(place: Int, result: Result)]]>([])
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            var own: [(place: Int, result: Result)] = []
            own.reserveCapacity(count)
            while true {
                let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard place < count else { break }
                own.append((place, body(place)))
            }
            found.withLock { $0.append(own) }
        }
        var results = [Result?](repeating: nil, count: count)
        for own in found.withLock({ $0 }) { for (place, result) in own { results[place] = result } }
        return results.compactMap(\.self)
    }

    private func read(_ file: String, _ names: [[UInt8]]?) -> CatalogPart {
        var part = CatalogPart()
        do throws(CatalogError) {
            if file.hasPrefix("signatures/") {
                try readSignatures(file, &part)
                return part
            }
            let octets = try octets(of: file)
            if let names, !names.contains(where: { CatalogFile.contains($0, in: octets) }) { return part }
            if file == ConsumerTable.file {
                let table = try value(of: octets, file, ConsumerTable.json)
                part.profiles = table.profiles { one in names.map(one.mentions) ?? true }
            } else {
                part.profiles = [Located(value: try profile(octets, file), file: file, keyPath: "")]
            }
        } catch {
            part.errors.append(error)
        }
        return part
    }

    /// One profile.
    ///
    /// - Parameter id: Its id.
    /// - Returns: The profile; nil when there is no such file.
    /// - Throws: `CatalogError` when the file is not as it must be.
    func profile(id: String) throws(CatalogError) -> ProviderProfile? {
        let file = "profiles/\(id).json"
        guard !id.contains("/") else { return nil }
        if exists(file) { return try profile(try octets(of: file), file) }
        guard !table.isEmpty else { return nil }
        return try read(ConsumerTable.file, ConsumerTable.json).profiles { $0.profileID == id }.first?.value
    }

    /// The table of operators of which little is known; a catalogue can do without.
    private var table: [String] { exists(ConsumerTable.file) ? [ConsumerTable.file] : [] }

    /// Profiles by id: those of the table come first and in the order of its blocks, all others are sorted already.
    private static func merged(_ profiles: [Located<ProviderProfile>]) -> [Located<ProviderProfile>] {
        let others = profiles.drop { $0.file == ConsumerTable.file }
        let table = profiles[..<others.startIndex].sorted { $0.value.id < $1.value.id }
        guard !table.isEmpty else { return profiles }
        var all: [Located<ProviderProfile>] = []
        all.reserveCapacity(profiles.count)
        var next = 0
        for profile in others {
            while next < table.count, table[next].value.id < profile.value.id {
                all.append(table[next])
                next += 1
            }
            all.append(profile)
        }
        return all + table[next...]
    }

    private func profile(_ octets: [UInt8], _ file: String) throws(CatalogError) -> ProviderProfile {
        let profile =
            CatalogFile.contains(ProfileFamily.mark, in: Array(octets.prefix(ProfileFamily.headLength)))
            ? try member(octets, file) : try value(of: octets, file, ProviderProfile.json)
        guard file == "profiles/\(profile.id).json" else {
            throw CatalogError(.badValue, file: file, keyPath: "id", reason: "the file must bear it")
        }
        return profile
    }

    /// A profile that says only in what it differs from another one.
    private func member(_ octets: [UInt8], _ file: String) throws(CatalogError) -> ProviderProfile {
        guard case .object(let own) = try value(of: octets, file, .any), let head = own[ProfileFamily.key]?.text else {
            return try value(of: octets, file, ProviderProfile.json)
        }
        let other = "profiles/\(head).json"
        guard !head.contains("/"), other != file, exists(other),
            case .object(let parts) = try value(
                of: try self.octets(of: other), other, .any),
            parts[ProfileFamily.key] == nil
        else {
            throw CatalogError(
                .badValue, file: file, keyPath: ProfileFamily.key,
                reason: "there is no profile \(head) that stands by itself")
        }
        do throws(JSONMistake) {
            return try ProviderProfile.json.read(.object(ProfileFamily.whole(own, like: parts)), .strict)
        } catch {
            throw CatalogError(error.located(in: octets), file: file)
        }
    }

    /// Each signature by itself, so that a mistake in one hides none of the others.
    private func readSignatures(_ file: String, _ part: inout CatalogPart) throws(CatalogError) {
        let octets = try octets(of: file)
        let entries = try value(of: octets, file, SignatureFile<JSONValue>.json(.any)).signatures
        for (number, entry) in entries.enumerated() {
            let place = "signatures[\(number)]"
            do throws(JSONMistake) {
                let signature = try Signature.json.read(entry, .strict)
                part.signatures.append(Located(value: signature, file: file, keyPath: place))
            } catch {
                part.errors.append(CatalogError(error.inside("signatures", number).located(in: octets), file: file))
            }
        }
    }

    /// What programs say in other languages, all files that can be read.
    ///
    /// - Returns: The files by name, and the mistakes.
    func translations() -> (files: [Located<TranslationFile>], errors: [CatalogError]) {
        guard exists(Self.translationFolder) else { return ([], []) }
        var content = CatalogContent()
        let files = list(Self.translationFolder, &content).filter { !$0.hasSuffix("/labels.json") }
        let parts = onAllCores(files.count) { place in
            Result { () throws(CatalogError) in try read(files[place], TranslationFile.json) }
        }
        var found: [Located<TranslationFile>] = []
        for (file, part) in zip(files, parts) {
            switch part {
            case .success(let value): found.append(Located(value: value, file: file, keyPath: ""))
            case .failure(let error): content.errors.append(error)
            }
        }
        return (found, content.errors)
    }

    /// The words by which programs label a password, nil when there is no such file.
    func labels() throws(CatalogError) -> LabelFile? {
        let file = Self.translationFolder + "/labels.json"
        return exists(file) ? try read(file, LabelFile.json) : nil
    }

    /// Whether there is such a file.
    func exists(_ file: String) -> Bool {
        if let id = packedID(file) { return (try? pack?.octets(id: id)) ?? nil != nil }
        return FileManager.default.fileExists(atPath: directory + "/" + file)
    }

    /// What is in a file, or in the profile's line of the file with all.
    private func octets(of file: String) throws(CatalogError) -> [UInt8] {
        if let id = packedID(file), let octets = try pack?.octets(id: id) { return octets }
        return try CatalogFile.read(file, in: directory, limit: Self.fileLimit)
    }

    /// The id of a profile that is looked for in the file with all; nil for everything else.
    private func packedID(_ file: String) -> String? {
        guard pack != nil, file.hasPrefix("profiles/"), file.hasSuffix(".json") else { return nil }
        return String(file.dropFirst("profiles/".count).dropLast(".json".count))
    }

    private func profileFiles(_ content: inout CatalogContent) -> [String] {
        guard let pack else { return list("profiles", &content) }
        do throws(CatalogError) {
            return try pack.ids().map { "profiles/\($0).json" }
        } catch {
            content.errors.append(error)
            return []
        }
    }

    private func attempt(_ content: inout CatalogContent, _ body: (inout CatalogContent) throws(CatalogError) -> Void) {
        do throws(CatalogError) { try body(&content) } catch { content.errors.append(error) }
    }

    private func list(_ folder: String, _ content: inout CatalogContent) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory + "/" + folder) else {
            content.errors.append(CatalogError(.unreadable, file: folder, reason: "the folder cannot be read"))
            return []
        }
        let files = names.filter { !$0.hasPrefix(".") && $0.hasSuffix(".json") }.sorted()
        guard files.count <= Self.fileCountLimit else {
            content.errors.append(
                CatalogError(.tooLarge, file: folder, reason: "it holds more than \(Self.fileCountLimit) files"))
            return []
        }
        return files.map { folder + "/" + $0 }
    }

    /// The value in a file that exists once.
    func read<Value>(_ file: String, _ description: JSONDescription<Value>) throws(CatalogError) -> Value {
        try value(of: try CatalogFile.read(file, in: directory, limit: Self.fileLimit), file, description)
    }

    /// The value in a file, read strictly. `$schema`, which editors want, may always be there at the top.
    private func value<Value>(
        of octets: [UInt8], _ file: String, _ description: JSONDescription<Value>
    ) throws(CatalogError) -> Value {
        do throws(JSONMistake) {
            return try description.read(octets: octets, .strict, limits: Self.limits)
        } catch {
            throw CatalogError(error, file: file)
        }
    }

    /// Few objects of the catalogue have more than twenty members.
    private static let limits = JSONParser.Limits(octets: fileLimit, members: 64)
}

/// A file with signatures.
struct SignatureFile<Entry> {
    var about: String
    var signatures: [Entry]

    /// How it stands in its file.
    ///
    /// - Parameter entry: How a signature stands in it: a file can be read before its signatures are.
    /// - Returns: The description.
    static func json(_ entry: JSONDescription<Entry>) -> JSONDescription<SignatureFile> {
        .object(
            { SignatureFile(about: $0, signatures: $1) },
            .field("about", \.about, .filledText, "Whose words these are, and where they were found."),
            .field("signatures", \.signatures, .list(entry), "What servers say, and what that means."))
    }
}
