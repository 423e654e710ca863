import Foundation
import MailModel

/// Readers of the values that profiles and signatures have in common.
extension JSONObject {
    /// Who can do something.
    func actor(_ key: String) throws(CatalogError) -> RemedyOwner {
        guard let actor = RemedyOwner(rawValue: try text(key)) else {
            throw error(.badValue, key, "it must be one of user, admin, provider, support")
        }
        return actor
    }

    /// A list of web addresses.
    func links(_ key: String) throws(CatalogError) -> [String] {
        let links = try texts(key)
        for (number, link) in links.enumerated() {
            guard let url = URL(string: link), url.scheme == "https" || url.scheme == "http", url.host != nil else {
                throw error(.badValue, "\(key)[\(number)]", "it is no web address")
            }
        }
        return links
    }

    /// A list of objects, each made into a value.
    ///
    /// - Parameters:
    ///   - key: The key of the list.
    ///   - make: Makes one value.
    /// - Returns: The values.
    /// - Throws: `CatalogError` for the first that is not as it must be.
    func list<Value>(
        _ key: String, _ make: (JSONObject) throws(CatalogError) -> Value
    ) throws(CatalogError) -> [Value] {
        var result: [Value] = []
        for item in try objects(key) { result.append(try make(item)) }
        return result
    }
}
