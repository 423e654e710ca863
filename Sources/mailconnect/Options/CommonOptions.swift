import ArgumentParser
import FoundationEssentials
import MailConnect
import MailJSON
import MailModel
import MailNetwork
import MailReport
import ProviderCatalog

/// Whether a command answers programs, and how its JSON is laid out.
struct JSONOptions: ParsableArguments {
    @Flag(help: "Print one JSON object and nothing else.") var json = false
    @Flag(help: "With --json: print it on one line.") var compact = false

    mutating func validate() throws {
        if compact, !json { throw ValidationError("--compact goes with --json") }
    }

    /// The layout; nil when no JSON is wanted.
    var layout: JSONWriter.Layout? { json ? compact ? .compact : .indented : nil }
}

/// How a report is shown.
struct ReportOptions: ParsableArguments {
    @OptionGroup var form: JSONOptions
    @Flag(help: "Print the report as Markdown, for a ticket or a chat.") var markdown = false
    @Flag(help: "Leave out whose mailbox it is, in every form: to hand the report to somebody else.") var share = false
    @Flag(help: "Show everything, and not only what matters.") var all = false
    @Option(help: ArgumentHelp("Also write the report as one HTML page.", valueName: "file"), completion: .file())
    var html: String?
    @Flag(name: .shortAndLong, help: "Show what was said on the wire, secrets masked.") var verbose = false
    @Flag(name: .shortAndLong, help: "Print no report; the exit status tells.") var quiet = false
    @Flag(help: "Use no colour (also NO_COLOR).") var noColor = false

    mutating func validate() throws {
        if markdown, form.json { throw ValidationError("--markdown and --json exclude each other") }
    }
}

/// Options that every checking command takes.
struct CommonOptions: ParsableArguments {
    @OptionGroup var report: ReportOptions
    @Option(
        help: ArgumentHelp("Assume this provider instead of inferring it.", valueName: "id"), completion: .providers)
    var provider: String?
    @Option(help: ArgumentHelp("Use this submission server.", valueName: "host:port[/starttls|/tls]"))
    var smtp: EndpointArgument?
    @Option(help: ArgumentHelp("Use this IMAP server.", valueName: "host:port[/tls|/starttls]"))
    var imap: EndpointArgument?
    @Option(help: ArgumentHelp("User name for SMTP.", valueName: "name")) var smtpUsername: String?
    @Option(help: ArgumentHelp("User name for IMAP.", valueName: "name")) var imapUsername: String?
    @Option(help: ArgumentHelp("Time for the whole run.", valueName: "seconds")) var timeout = 30.0
    @Flag(help: "Look nothing up beyond the catalogue.") var offline = false
    @Flag(help: "Ask the DNS, but nobody else.") var dnsOnly = false
    @Flag(help: "Also ask look-up services of third parties, which learn the domain.") var allowThirdParty = false
    @Option(help: ArgumentHelp("Ask this resolver (also MAILCONNECT_RESOLVER).", valueName: "ip[:port]"))
    var resolver: String?
    @Option(
        help: ArgumentHelp("Trust these PEM certificates (also SSL_CERT_FILE).", valueName: "file"), completion: .file()
    )
    var caFile: String?
    @Option(
        help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"),
        completion: .directory)
    var providers: String?
    @Option(help: ArgumentHelp("Age of the mailbox, for the daily limit.", valueName: "days")) var mailboxAge: Int?
    @Option(help: ArgumentHelp("new, warming or established, for the daily limit.", valueName: "stage"))
    var stage: StageArgument?
    @Flag(help: "The provider's account is a trial, for the daily limit.") var trial = false

    mutating func validate() throws {
        guard timeout.isFinite, timeout > 0, timeout <= 3600 else {
            throw ValidationError("--timeout takes a number of seconds above 0, at most 3600")
        }
        if let mailboxAge, !(0...36_500).contains(mailboxAge) {
            throw ValidationError("--mailbox-age takes a number of days from 0 to 36500")
        }
        if offline, dnsOnly { throw ValidationError("--offline and --dns-only exclude each other") }
        if allowThirdParty, offline || dnsOnly {
            throw ValidationError("--allow-third-party excludes --offline and --dns-only")
        }
    }

    /// How far the run may reach.
    var reach: Reach {
        offline ? .offline : dnsOnly ? .dnsOnly : allowThirdParty ? .thirdParties : .everything
    }

    /// The file of trusted certificates, checked to be there; nil where none is named.
    func trustedFile() throws(CommandFailure) -> TrustedFile? {
        let named = caFile ?? ProcessInfo.processInfo.environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        return try named.map { path throws(CommandFailure) in try TrustedFile(path, within: timeout) }
    }

    /// Puts into an account what these options say.
    func shape(_ account: inout Account) {
        account.smtpEndpoint = smtp?.endpoint(.smtp)
        account.imapEndpoint = imap?.endpoint(.imap)
        account.smtpUsername = smtpUsername
        account.imapUsername = imapUsername
        account.providerID = provider
        account.reach = reach
        account.timeout = .seconds(timeout)
        account.mailboxStage = stage?.stage
        account.mailboxAge = mailboxAge
        account.isTrial = trial
    }
}

/// `new`, `warming` or `established`.
struct StageArgument: ExpressibleByArgument {
    let stage: MailboxStage

    init?(argument: String) {
        guard let stage = MailboxStage(rawValue: argument), stage != .unknown else { return nil }
        self.stage = stage
    }

    static var allValueStrings: [String] { ["new", "warming", "established"] }
}

extension CompletionKind {
    /// The ids of the catalogue.
    static let providers = shellCommand("mailconnect providers list 2>/dev/null | cut -d ' ' -f 1")
}
