internal import CPublicSuffix
public import MailModel

/// Tells where a domain that somebody can register begins, by Mozilla's Public Suffix List as libpsl carries it.
public enum PublicSuffixList {
    /// The part of a name that was registered: one label more than the public suffix.
    ///
    /// - Parameter name: A host or domain name.
    /// - Returns: `example.co.uk` for `mx.example.co.uk`; nil for a public suffix itself, and when libpsl was built
    ///   without the list.
    public static func registrableDomain(of name: DomainName) -> DomainName? {
        // The list is a constant inside the library: it is never freed and may be read from every thread.
        guard let list = psl_builtin() else { return nil }
        let registered = name.description.withCString { text -> String? in
            // The result points into `text`.
            psl_registrable_domain(list, text).map { String(cString: $0) }
        }
        return registered.flatMap { try? DomainName($0) }
    }
}
