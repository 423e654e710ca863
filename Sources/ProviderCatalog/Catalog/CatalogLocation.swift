import FoundationEssentials

/// Where the folder of the catalogue may be.
public enum CatalogLocation {
    /// The file that makes a folder a catalogue.
    public static let marker = "catalogue.json"

    /// How many parents of the executable's folder are looked at.
    private static let depth = 12

    /// The folders to look at, best first.
    ///
    /// A folder that was named, on the command line or in the environment, is the only one: a mistake in it is told and
    /// not papered over by another catalogue. Otherwise it is looked for beside the executable, in the `share` folder
    /// of its install prefix, and in a source tree around it.
    ///
    /// - Parameters:
    ///   - explicit: The folder named on the command line.
    ///   - environment: The folder named in the environment.
    ///   - executable: The path of the running program.
    /// - Returns: The folders, whether they exist or not.
    public static func candidates(explicit: String?, environment: String?, executable: String?) -> [String] {
        if let explicit { return [explicit] }
        if let environment, !environment.isEmpty { return [environment] }
        guard let executable, !executable.isEmpty else { return [] }
        let folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
        let prefix = folder.deletingLastPathComponent()
        let installed = prefix.appendingPathComponent("share/mailconnect/providers")
        return [folder.appendingPathComponent("providers").path, installed.path] + sourceTrees(around: prefix)
    }

    /// The first candidate that holds a catalogue.
    ///
    /// - Parameters:
    ///   - explicit: The folder named on the command line.
    ///   - environment: The folder named in the environment.
    ///   - executable: The path of the running program.
    /// - Returns: The folder.
    /// - Throws: `CatalogError` of the kind `notFound` that lists where it was looked for.
    public static func find(explicit: String?, environment: String?, executable: String?) throws(CatalogError) -> String
    {
        let folders = candidates(explicit: explicit, environment: environment, executable: executable)
        if let found = folders.first(where: { FileManager.default.fileExists(atPath: $0 + "/" + marker) }) {
            return found
        }
        throw CatalogError(
            .notFound, file: marker,
            reason: folders.isEmpty
                ? "nothing says where the catalogue is" : "it is in none of " + folders.joined(separator: ", "))
    }

    /// The catalogue that belongs to this library: beside the program, in its install prefix, or in the source tree that
    /// the library was built from.
    ///
    /// - Parameters:
    ///   - folder: The folder that somebody named; nil for the one that is shipped.
    ///   - source: Where this file is. Leave it alone.
    /// - Returns: The folder.
    /// - Throws: `CatalogError` of the kind `notFound` that lists where it was looked for.
    public static func shipped(or folder: String?, source: StaticString = #filePath) throws(CatalogError) -> String {
        let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        do throws(CatalogError) {
            return try find(explicit: folder, environment: nil, executable: executable ?? CommandLine.arguments.first)
        } catch {
            guard folder == nil else { throw error }
            // Sources/ProviderCatalog/Catalog, and the catalogue stands beside Sources.
            var root = URL(fileURLWithPath: "\(source)")
            for _ in 0..<4 { root.deleteLastPathComponent() }
            let own = root.appendingPathComponent("providers").path
            if FileManager.default.fileExists(atPath: own + "/" + marker) { return own }
            throw CatalogError(.notFound, file: marker, reason: error.reason + ", nor in \(own)")
        }
    }

    private static func sourceTrees(around folder: URL) -> [String] {
        var result: [String] = []
        var folder = folder
        for _ in 0..<depth {
            result.append(folder.appendingPathComponent("providers").path)
            let parent = folder.deletingLastPathComponent()
            if parent.path == folder.path { break }
            folder = parent
        }
        return result
    }
}
