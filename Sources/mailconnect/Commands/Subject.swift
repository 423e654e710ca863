import FoundationEssentials
import MailModel

/// What a command is about, read from its argument.
enum Subject {
    /// An address, or a failure that says what is wrong with it.
    static func address(_ text: String) throws(CommandFailure) -> EmailAddress {
        do throws(AddressError) {
            return try EmailAddress(text)
        } catch {
            throw CommandFailure(
                .badInput, .badAddress, "\"\(ServerText(text))\" is not a valid address: \(error)", field: "address")
        }
    }

    /// A domain, or a failure that says what is wrong with it.
    static func domain(_ text: String) throws(CommandFailure) -> DomainName {
        do throws(AddressError) {
            return try DomainName(text)
        } catch {
            throw CommandFailure(
                .badInput, .badDomain, "\"\(ServerText(text))\" is not a valid domain name: \(error)", field: "domain")
        }
    }
}
