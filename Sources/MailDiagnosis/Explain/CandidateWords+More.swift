import MailModel

/// Causes that are rarely what else it can be.
extension CandidateWords {
    static let more: [FindingID: Words] = [
        .serverBusy: Words(
            summary: "The server could be busy, or have hung up.",
            test: "Try again in some minutes: if it goes then, it was the server.", who: .provider),
        .connectRefused: Words(
            summary: "Nothing listens on this port, or a firewall refuses.",
            test: "Compare host and port with those that the provider names, and try from another network.", who: .user),
        .certExpired: Words(
            summary: "The certificate, or the clock of this machine, is out of date.",
            test: "Look at the clock first, then at the dates in the certificate.", who: .admin),
        .plaintextRefused: Words(
            summary: "The server takes no password in plaintext.",
            test: "Turn TLS on in the program; if it is on, the port is one for plaintext.", who: .user),
        .conditionalAccessOrMFA: Words(
            summary: "A policy of the organisation could ask for more than a password.",
            test: "Ask its administrator for the entry in the sign-in log.", who: .admin),
        .captchaOrWebLoginRequired: Words(
            summary: "The provider could want a login in the browser first.",
            test: "Log in to the web mail from the same network, and look for a message there.", who: .user),
        .mailboxNotLicensed: Words(
            summary: "The plan could lack this access.",
            test: "Look up in the plan whether it has IMAP and SMTP.", who: .admin),
        .mailboxMissing: Words(
            summary: "The mailbox could be missing.",
            test: "Ask the administrator whether the account has a mailbox.", who: .admin),
        .regionBlocked: Words(
            summary: "The provider could refuse the country.",
            test: "Try from a network in the usual country.", who: .user),
        .senderNotAllowed: Words(
            summary: "The sender could be one that the account may not use.",
            test: "Send with the address that logs in: if that goes, it is the sender.", who: .user),
    ]
}
