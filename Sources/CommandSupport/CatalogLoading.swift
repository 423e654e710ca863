internal import FoundationEssentials
package import ProviderCatalog

/// Finds and reads the catalogue.
package enum CatalogLoading {
    /// Reads the catalogue.
    ///
    /// - Parameter explicit: The folder that was named; nil for the usual places.
    /// - Returns: The catalogue.
    /// - Throws: `CommandFailure`.
    package static func load(_ explicit: String?) throws(CommandFailure) -> Catalog {
        let folder = try folder(explicit)
        do throws(CatalogError) {
            return try Catalog.load(from: folder)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The folder of the catalogue: the one named, or the first of the usual places that holds one.
    package static func folder(_ explicit: String?) throws(CommandFailure) -> String {
        let environment = ProcessInfo.processInfo.environment["MAILCONNECT_PROVIDERS"]
        do throws(CatalogError) {
            return try CatalogLocation.find(
                explicit: explicit, environment: environment, executable: Self.executable)
        } catch {
            throw CommandFailure(.noInputFile, .noCatalogue, "\(error)", field: "providers")
        }
    }

    /// The executable's own path, links followed, so that the catalogue beside it is found from any folder.
    package static var executable: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
}
