import MailJSON

/// A profile that says only in what it differs from another one of its family: `"like": "zoho_com"`.
enum ProfileFamily {
    /// The key that names the other profile.
    static let key = "like"
    /// What is never taken over: it is each profile's own.
    private static let own: Set<String> = [
        "$schema", "id", key, "name", "domains", "consumer_domains", "mx", "regions", "sources",
    ]

    /// The octets that stand in a file that names another one.
    static let mark = Array("\"\(key)\"".utf8)
    /// Within how many octets it stands: right behind the id, so that no whole file is searched for it.
    static let headLength = 300

    /// Puts what the other profile says where this one says nothing.
    ///
    /// - Parameters:
    ///   - member: The profile, as it stands in its file.
    ///   - head: The other one, as it stands in its own.
    /// - Returns: The whole profile. The sources of parts that were taken over come with them.
    static func whole(_ member: JSONObject, like head: JSONObject) -> JSONObject {
        var whole = member
        whole["$schema"] = nil
        for (key, value) in zip(head.keys, head.values) where member[key] == nil && !own.contains(key) {
            whole[key] = value
        }
        let taken = Set(head.keys).subtracting(member.keys).subtracting(own)
        let sources = (head["sources"]?.elements ?? []).compactMap { source($0, for: taken) }
        whole["sources"] = .list((member["sources"]?.elements ?? []) + sources)
        return whole
    }

    /// The schema of a profile's file: what one that names another may leave out is no longer demanded of any. Reading is
    /// strict all the same.
    ///
    /// - Parameter schema: The schema of a profile that stands by itself.
    /// - Returns: The schema of both.
    static func schema(_ schema: JSONValue) -> JSONValue {
        guard case .object(var object) = schema else { return schema }
        object["required"] = .texts(["id", "name", "domains", "mx", "sources"])
        return .object(object)
    }

    /// A source of the other profile, for the parts that were taken over.
    private static func source(_ value: JSONValue, for taken: Set<String>) -> JSONValue? {
        guard case .object(var source) = value else { return nil }
        let parts = (source["for"]?.elements ?? []).filter { $0.text.map(taken.contains) ?? false }
        guard !parts.isEmpty else { return nil }
        source["for"] = .list(parts)
        return .object(source)
    }
}
