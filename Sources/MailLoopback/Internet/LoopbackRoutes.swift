/// What a client needs to know to live in a small internet.
public struct LoopbackRoutes: Hashable, Sendable {
    /// Where its services really listen.
    public var addresses: AddressMap
    /// Its DNS server, for every name.
    public var resolver: AddressMap.Place
}
