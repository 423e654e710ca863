public import MailModel

/// All the servers that a document names, in its order, usable or not.
public struct DiscoveredServers: Hashable, Sendable {
    /// The servers to try, in the document's order.
    public private(set) var usable: [DiscoveredServer] = []
    /// The servers that are left out, in the document's order.
    public private(set) var dropped: [DroppedServer] = []

    /// The usable servers of one side.
    ///
    /// - Parameter service: The side.
    /// - Returns: These servers, in the document's order.
    public func usable(for service: MailService) -> [DiscoveredServer] {
        usable.filter { $0.endpoint.service == service }
    }

    /// Makes servers out of the sections of a document.
    ///
    /// - Parameters:
    ///   - sections: The sections, in order; what is beyond the limit is not looked at.
    ///   - placeholders: What to put in the place of `%EMAILADDRESS%` and its like.
    init(_ sections: [ServerSection], placeholders: AddressPlaceholders) {
        for section in sections.prefix(DiscoveryLimits.sections) {
            do throws(DroppedServer.Reason) {
                usable.append(try section.server(placeholders))
            } catch {
                let host = section.host.map { ServerText(octets: Array($0.utf8), limit: 255) }
                dropped.append(DroppedServer(service: section.service, host: host, reason: error))
            }
        }
    }
}
