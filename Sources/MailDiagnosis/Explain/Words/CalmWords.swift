import MailModel

/// Says why a text shows no problem of a mail account, by what the words that showed it are about.
enum CalmWords {
    /// What is said, and what to do.
    struct Words {
        var detail: String
        var step: String
        /// Who can do it.
        var who = RemedyOwner.user
    }

    /// The words.
    ///
    /// - Parameter reference: The cue that showed it, such as `signature:cue.calm.service.sql`; nil without one.
    /// - Returns: The words of its kind.
    static func words(for reference: String?) -> Words {
        guard let reference else { return unnamed }
        return kinds.first { reference.hasPrefix(prefix + $0.kind) }?.words ?? unnamed
    }

    private static let prefix = "signature:cue.calm."

    /// What is said where no words show it.
    static let unnamed = Words(
        detail: "No refused login, connection or sender stands in it.",
        step: "If mail cannot be sent or read, paste the error that the program or the server shows.")

    private static let kinds: [(kind: String, words: Words)] = [
        (
            "delivery",
            Words(
                detail: "It is about a message on its way to a recipient; nobody's login or connection is refused.",
                step:
                    "Look at the recipient's address, and at what the recipient's server says of the message or its sender."
            )
        ),
        (
            "incoming",
            Words(
                detail:
                    "It is what a mail server writes of those who connect to it; no account of its own is in trouble.",
                step: "If a user of that server cannot log in, look for the lines with that user's name.", who: .admin)
        ),
        (
            "service",
            Words(
                detail: "It is about another service than mail: its login, its address or its connection.",
                step: "Look in the settings of that service; the mailbox is not concerned.")
        ),
        (
            "program",
            Words(
                detail:
                    "It is a mistake of the program or of the machine that it runs on, before any mail server is asked.",
                step:
                    "Mend the program or its installation first; then paste what it says of the mail server, if anything.",
                who: .support)
        ),
        (
            "build",
            Words(
                detail: "It is a program that cannot be built or installed; no mail server was asked.",
                step: "Mend the build first.", who: .support)
        ),
        (
            "success",
            Words(
                detail: "What stands here went well: the server took the login or the message.",
                step:
                    "If a message does not arrive, look at the recipient's side: spam folder, bounces, the server's queue."
            )
        ),
        (
            "dns",
            Words(
                detail: "It is about records of a domain, and not about a login.",
                step: "Set the records that the provider names, and wait until they are seen everywhere.", who: .admin)
        ),
        (
            "dmarc",
            Words(
                detail: "It is a report on who sends in the name of a domain, and not about a login.",
                step: "Look which of the addresses in it are yours, and give those SPF and DKIM.", who: .admin)
        ),
        (
            "change",
            Words(
                detail: "It is a change of a program or of its documentation, and shows no failure that somebody met.",
                step: "Paste the error itself, as the program or the server shows it.")
        ),
        (
            "article",
            Words(
                detail: "It explains errors, and shows none that somebody met.",
                step: "Paste the error itself, as the program or the server shows it.")
        ),
    ]
}
