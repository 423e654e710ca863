import MailModel

/// A host that a document may send us to.
enum HostName {
    /// Checks a host name.
    ///
    /// - Parameter text: A name, internationalized or not.
    /// - Returns: The name in A-labels. Nil for what is not fully qualified, for an IP address (no certificate that we
    ///   trust names one, and it could point into the user's own network), and for what is no name at all.
    static func checked(_ text: String) -> String? {
        guard text.utf8.count <= 1024, let name = try? DomainName(text), name.labels.count >= 2 else { return nil }
        guard !name.description.contains("_"), let top = name.labels.last else { return nil }
        return top.utf8.contains { ASCII.digit($0) == nil } ? name.description : nil
    }
}
