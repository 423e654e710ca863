import Dispatch
import Foundation
import Synchronization

/// Reads the files of a catalogue and goes on after a mistake, so that a linter can show all of them at once.
struct CatalogReader {
    /// The catalogue's folder.
    let directory: String

    /// The file with the table of daily limits.
    static let dailyLimits = "daily-limits.json"
    /// The file with the services on the web.
    static let services = "services.json"
    /// The file with words in pasted texts; a catalogue can do without.
    static let traces = "traces.json"
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
        attempt(&content) { content throws(CatalogError) in
            let object = try readObject("catalogue.json")
            try object.allow(["version"], optional: ["about"])
            content.version = try object.text("version")
        }
        attempt(&content) { content throws(CatalogError) in
            content.dailyLimitBands = try DailyLimitBands(try readObject(Self.dailyLimits))
        }
        attempt(&content) { content throws(CatalogError) in
            content.weights = try EvidenceWeights(try readObject("weights.json"))
        }
        attempt(&content) { content throws(CatalogError) in
            content.services = try WebServices(try readObject(Self.services))
        }
        if FileManager.default.fileExists(atPath: directory + "/" + Self.traces) {
            attempt(&content) { content throws(CatalogError) in
                content.cues = try RecognitionCues(try readObject(Self.traces))
            }
        }
        attempt(&content) { content throws(CatalogError) in try readInterceptors(&content) }
        let files = (names?.isEmpty ?? false ? [] : list("profiles", &content)) + list("signatures", &content)
        for part in read(files, names.map { $0.map { Array($0.utf8) } }) {
            content.profiles += part.profiles
            content.signatures += part.signatures
            content.errors += part.errors
        }
        return content
    }

    /// Reads hundreds of files on all cores: a command begins with it.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - names: A profile is left out when it mentions none of these; nil for none left out.
    /// - Returns: What each holds, in their order.
    private func read(_ files: [String], _ names: [[UInt8]]?) -> [CatalogContent] {
        let workers = max(1, min(4, ProcessInfo.processInfo.activeProcessorCount))
        let parts = Mutex([Int: CatalogContent]())
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            for place in stride(from: worker, to: files.count, by: workers) {
                let part = read(files[place], names)
                parts.withLock { $0[place] = part }
            }
        }
        let results = parts.withLock { $0 }
        return files.indices.compactMap { results[$0] }
    }

    private func read(_ file: String, _ names: [[UInt8]]?) -> CatalogContent {
        var content = CatalogContent()
        attempt(&content) { content throws(CatalogError) in
            if file.hasPrefix("signatures/") { return try readSignatures(file, &content) }
            let octets = try CatalogFile.read(file, in: directory, limit: Self.fileLimit)
            if let names, !names.contains(where: { CatalogFile.contains($0, in: octets) }) { return }
            let profile = try ProviderProfile(try object(octets, file), file: file)
            content.profiles.append(Located(value: profile, file: file, keyPath: ""))
        }
        return content
    }

    /// One profile.
    ///
    /// - Parameter id: Its id.
    /// - Returns: The profile; nil when there is no such file.
    /// - Throws: `CatalogError` when the file is not as it must be.
    func profile(id: String) throws(CatalogError) -> ProviderProfile? {
        let file = "profiles/\(id).json"
        guard !id.contains("/"), FileManager.default.fileExists(atPath: directory + "/" + file) else { return nil }
        return try ProviderProfile(try readObject(file), file: file)
    }

    /// A catalogue can do without this file.
    private func readInterceptors(_ content: inout CatalogContent) throws(CatalogError) {
        let file = "interceptors.json"
        guard FileManager.default.fileExists(atPath: directory + "/" + file) else { return }
        let object = try readObject(file)
        try object.allow(["interceptors"], optional: ["about"])
        content.interceptors = try object.list("interceptors") { item throws(CatalogError) in try Interceptor(item) }
    }

    private func readSignatures(_ file: String, _ content: inout CatalogContent) throws(CatalogError) {
        let object = try readObject(file)
        try object.allow(["about", "signatures"])
        for item in try object.objects("signatures") {
            attempt(&content) { content throws(CatalogError) in
                let signature = try Signature(item)
                content.signatures.append(Located(value: signature, file: file, keyPath: item.path))
            }
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

    private func readObject(_ file: String) throws(CatalogError) -> JSONObject {
        try object(try CatalogFile.read(file, in: directory, limit: Self.fileLimit), file)
    }

    private func object(_ octets: [UInt8], _ file: String) throws(CatalogError) -> JSONObject {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(octets)
        } catch {
            throw CatalogError(.notJSON, file: file, reason: "it is no valid JSON: line \(error.line): \(error.reason)")
        }
        return try JSONObject(value, file: file, path: "")
    }
}
