internal import FoundationEssentials
package import MailModel
internal import MailNetwork

/// The resolver that is asked.
package enum NamedResolver {
    /// The resolver that an option or the environment names, else the system's; it keeps answers.
    package static func resolver(_ named: String?) throws(CommandFailure) -> any DNSResolving {
        let variable = ProcessInfo.processInfo.environment["MAILCONNECT_RESOLVER"] ?? ""
        let fromEnvironment = variable.isEmpty ? nil : variable
        do {
            let address = try (named ?? fromEnvironment).map { try ResolverAddress($0) }
            return CachingResolver(try CAresResolver(server: address))
        } catch {
            throw CommandFailure(.usage, .badResolver, "the resolver cannot be used: \(error)", field: "resolver")
        }
    }
}
