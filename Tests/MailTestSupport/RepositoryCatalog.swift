public import ProviderCatalog

/// The catalogue of this repository, read once for all tests.
public enum RepositoryCatalog {
    private static let loaded = Result { () throws(CatalogError) in try Catalog.load(from: Repository.path("providers"))
    }

    /// The catalogue.
    ///
    /// - Returns: The catalogue, as the tool would read it.
    /// - Throws: `CatalogError` when a file of it is broken.
    public static func catalog() throws -> Catalog { try loaded.get() }
}
