import ArgumentParser

/// Where secrets come from. There is no option that takes a secret itself: arguments are seen by other users.
struct CredentialOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Read the password from this file; - is standard input.", valueName: "file"),
        completion: .file())
    var passwordFile: String?
    @Option(help: ArgumentHelp("Run this command and take the password it prints.", valueName: "cmd"))
    var passwordCommand: String?
    @Option(help: ArgumentHelp("The same for a different IMAP password.", valueName: "file"), completion: .file())
    var imapPasswordFile: String?
    @Option(help: ArgumentHelp("The same for a different IMAP password.", valueName: "cmd"))
    var imapPasswordCommand: String?
    @Option(
        help: ArgumentHelp("Read an OAuth 2 access token from this file; - is standard input.", valueName: "file"),
        completion: .file())
    var oauthTokenFile: String?
    @Option(help: ArgumentHelp("Run this command and take the access token it prints.", valueName: "cmd"))
    var oauthTokenCommand: String?

    mutating func validate() throws {
        let pairs = [
            ("password", passwordFile, passwordCommand), ("imap-password", imapPasswordFile, imapPasswordCommand),
            ("oauth-token", oauthTokenFile, oauthTokenCommand),
        ]
        for (name, file, command) in pairs where file != nil && command != nil {
            throw ValidationError("--\(name)-file and --\(name)-command exclude each other")
        }
        let fromInput = [passwordFile, imapPasswordFile, oauthTokenFile].count { $0 == "-" }
        if fromInput > 1 { throw ValidationError("standard input can hold one secret only") }
        let tokenNamed = oauthTokenFile != nil || oauthTokenCommand != nil
        if tokenNamed, passwordFile != nil || passwordCommand != nil {
            throw ValidationError("give a password or an access token, not both")
        }
    }
}
