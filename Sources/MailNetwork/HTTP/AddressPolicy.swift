/// Which addresses an HTTPS client may connect to.
///
/// This is the one place that can refuse an address, whatever name led to it: it is asked about each address before a
/// socket is opened, for redirects too. A command line lets everything through; a service that takes URLs from
/// strangers would refuse private ranges here.
public struct AddressPolicy: Sendable {
    /// Every address may be connected to.
    public static let all = AddressPolicy { _ in true }

    private let isAllowed: @Sendable (String) -> Bool

    /// Makes a policy.
    ///
    /// - Parameter isAllowed: Says whether an IPv4 or IPv6 address, in its canonical text form, may be connected to.
    public init(_ isAllowed: @escaping @Sendable (String) -> Bool) { self.isAllowed = isAllowed }

    /// Whether an address may be connected to.
    ///
    /// - Parameter address: An IPv4 or IPv6 address in its canonical text form.
    /// - Returns: False to refuse it.
    public func allows(_ address: String) -> Bool { isAllowed(address) }
}
