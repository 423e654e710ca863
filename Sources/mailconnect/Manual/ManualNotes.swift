/// What the manual says beside the options: exit statuses, variables, files and examples.
enum ManualNotes {
    /// The statuses that a command can leave with, and what they mean.
    static func statuses(for entry: ManualEntry) -> [(String, String)] {
        let registers = ["", "add", "batch"].contains(entry.words.dropFirst().first ?? "")
        return ExitStatus.allCases.filter { registers || ![.refused, .unknown].contains($0) }
            .map { ("\($0.rawValue)", meaning(of: $0)) }
    }

    private static func meaning(of status: ExitStatus) -> String {
        switch status {
        case .ready: "The mailbox can be connected, or what was asked for was done."
        case .actionNeeded: "Somebody has to do something first; the report says who and what."
        case .cannotTell: "It cannot be told, for example because nobody answered or a password is missing."
        case .refused: "The registration was refused."
        case .unknown: "It is not known whether the account was registered: the answer never came."
        case .usage: "Wrong usage."
        case .badInput: "What was to be read is not what it should be."
        case .noInputFile: "There is no such input file."
        case .ourBug: "A mistake of mailconnect itself."
        case .outputFailed: "The result could not be written."
        case .interrupted: "Interrupted."
        }
    }

    private static let variables: [(name: String, words: String, commands: Set<String>)] = [
        ("MAILCONNECT_PASSWORD", "The password, where no option names its source.", ["", "doctor", "add"]),
        ("MAILCONNECT_IMAP_PASSWORD", "The password for IMAP, where it is another one.", ["", "doctor", "add"]),
        ("MAILCONNECT_OAUTH_TOKEN", "An OAuth 2 access token in place of a password.", ["", "doctor"]),
        ("COLDSEND_API_KEY", "The key of the registration API.", ["", "add", "batch"]),
        ("COLDSEND_API_URL", "Where the registration API is.", ["", "add", "batch", "journal"]),
        ("MAILCONNECT_RESOLVER", "The resolver to ask, as with --resolver.", ["", "detect", "doctor", "add", "batch"]),
        (
            "SSL_CERT_FILE", "The PEM certificates to trust, as with --ca-file.",
            ["", "detect", "doctor", "add", "batch"]
        ),
        (
            "MAILCONNECT_PROVIDERS", "The folder of the catalogue, as with --providers.",
            ["", "detect", "doctor", "add", "batch", "explain", "diagnose", "providers", "demo"]
        ),
        ("XDG_STATE_HOME", "Where the journal is, unless --journal names it.", ["", "add", "batch", "journal"]),
        (
            "NO_COLOR", "If it is set and not empty, no colour is used.",
            ["", "detect", "doctor", "add", "batch", "explain", "diagnose", "report", "demo"]
        ),
        (
            "MAILCONNECT_CORE_DUMPS", "With the value allow, a crash may leave a core dump, which can hold secrets.",
            [""]
        ),
    ]

    /// The variables that a command reads.
    static func environment(for entry: ManualEntry) -> [(String, String)] {
        let command = entry.words.dropFirst().first ?? ""
        return variables.filter { $0.commands.contains(command) }.map { ($0.name, $0.words) }
    }

    /// The files that a command uses without being told.
    static func files(for entry: ManualEntry) -> [(String, String)] {
        let catalogue = (
            "PREFIX/share/mailconnect/providers",
            "The catalogue of providers and of the meaning of server replies. PREFIX is where the program was installed."
        )
        let journal = (
            "$XDG_STATE_HOME/mailconnect/journal.sqlite",
            "What was registered from this machine; below ~/.local/state where the variable is not set."
        )
        return switch entry.words.dropFirst().first {
        case nil, "add": [catalogue, journal]
        case "batch": [catalogue, journal, ("FILE.state", "What was done of a batch, unless --state names it.")]
        case "journal": [journal]
        case "report": []
        default: [catalogue]
        }
    }

    /// What to type, and why.
    static func examples(for entry: ManualEntry) -> [(String, String)] {
        switch entry.words.dropFirst().joined(separator: " ") {
        case "":
            [
                ("See three mailboxes examined, of which one can be connected:", "mailconnect demo"),
                ("Find out why a mailbox cannot be connected:", "mailconnect jane@example.com"),
                ("Look up what a finding means:", "mailconnect help bad_credentials"),
            ]
        case "detect": [("Servers and user names of a domain:", "mailconnect detect example.com")]
        case "doctor":
            [
                ("Ask for the password and check both sides:", "mailconnect doctor jane@example.com"),
                (
                    "Stop a pipeline where a mailbox cannot be connected:",
                    "mailconnect doctor jane@example.com --password-file pw --quiet || exit"
                ),
                ("A page to hand on:", "mailconnect doctor jane@example.com --share --html report.html"),
            ]
        case "add":
            [
                (
                    "Show the request, and register nothing:",
                    "mailconnect add jane@example.com --display-name Jane --dry-run"
                )
            ]
        case "explain":
            [
                (
                    "What a reply means:",
                    "mailconnect explain \"535 5.7.8 Error: authentication failed\""
                ),
                ("What a log shows:", "mailconnect explain - < app.log"),
            ]
        case "diagnose":
            [("Judge a saved report with today's catalogue:", "mailconnect diagnose report.json")]
        case "report": [("A saved report for a ticket:", "mailconnect report report.json --share --markdown")]
        case "journal", "journal list": [("What was registered from here:", "mailconnect journal list")]
        case "journal show": [("All attempts of one address:", "mailconnect journal show jane@example.com")]
        case "journal forget":
            [("An account that was deleted at the API:", "mailconnect journal forget jane@example.com")]
        case "providers", "providers list": [("All providers:", "mailconnect providers list")]
        case "providers show": [("One of them:", "mailconnect providers show ID")]
        case "providers lint": [("Check a catalogue that was changed:", "mailconnect providers lint providers")]
        case "providers new": [("A profile to fill in:", "mailconnect providers new my_provider --providers providers")]
        case "demo": [("Everything that there is to see:", "mailconnect demo --all")]
        default: []
        }
    }
}
