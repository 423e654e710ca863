import Foundation
import MailModel

/// What a command is about, read from its argument.
enum Subject {
    /// An address, or a failure that says what is wrong with it.
    static func address(_ text: String) throws(CommandFailure) -> EmailAddress {
        do throws(AddressError) {
            return try EmailAddress(text)
        } catch {
            throw CommandFailure(.badInput, "\"\(ServerText(text))\" is not a valid address: \(error)")
        }
    }

    /// A domain, or a failure that says what is wrong with it.
    static func domain(_ text: String) throws(CommandFailure) -> DomainName {
        do throws(AddressError) {
            return try DomainName(text)
        } catch {
            throw CommandFailure(.badInput, "\"\(ServerText(text))\" is no domain name: \(error)")
        }
    }
}
