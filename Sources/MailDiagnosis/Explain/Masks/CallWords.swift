/// The calls of mail libraries that take a password as an argument, by the name that is called, in small letters.
///
/// Python, PHP, JavaScript, Java and Kotlin, C#, Ruby, Go, Rust, Perl, Elixir, Swift, Lua and PowerShell; libraries of one
/// language took the names from those of another, so that a name says more than a language would.
enum CallWords {
    /// Which argument is the secret.
    enum Argument {
        /// This one, counted from none.
        case at(Int)
        /// The last one that is a text, at this place or behind it.
        case last(from: Int)
    }

    /// The argument of a call, nil for a name that takes none.
    ///
    /// - Parameter name: What stands before the parenthesis: `Net::SMTP.start`, `->login`, `new NetworkCredential`.
    /// - Returns: The argument.
    static func argument(of name: String) -> Argument? {
        let parts = name.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") })
        guard let last = parts.last else { return nil }
        if let argument = arguments[String(last)] { return argument }
        // `Credentials::new`, `Credentials.from`
        guard parts.count > 1, makers.contains(String(last)) else { return nil }
        return arguments[String(parts[parts.count - 2])]
    }

    private static let makers: Set<String> = ["new", "from", "of", "init", "create", "make", "build"]

    private static let arguments: [String: Argument] = {
        var arguments: [String: Argument] = [:]
        for name in pairs { arguments[name] = .last(from: 1) }
        for name in alone { arguments[name] = .last(from: 0) }
        arguments["imap_open"] = .at(2)
        arguments["imap_reopen"] = .at(2)
        arguments["connect"] = .last(from: 2)
        arguments["start"] = .at(4)
        arguments["plainauth"] = .at(2)
        // A domain may follow.
        arguments["networkcredential"] = .at(1)
        arguments["newplainclient"] = .last(from: 1)
        arguments["newdialer"] = .at(3)
        arguments["smtp_auth"] = .last(from: 1)
        return arguments
    }()

    /// A user name and a password, other texts before them or not.
    private static let pairs = [
        "login", "login_async", "loginasync", "signin", "sign_in", "log_in", "auth", "authenticate",
        "authenticateasync",
        "authenticate_async", "auth_login", "auth_plain", "authlogin", "authplain", "login_plain", "login_cram_md5",
        "loginauth", "crammd5auth", "cram_md5", "plain", "passwordauthentication",
        "usernamepasswordcredentials", "usernamepasswordcredential", "credentials", "credential", "setcredentials",
        "set_credentials", "withcredentials", "with_credentials", "credentialsfrom", "basicauth", "basic_auth",
        "setbasicauth", "httpbasicauth", "setauthentication", "setauth", "set_auth", "setlogin", "defaultauthenticator",
        "simpleauthenticator", "saslmechanismplain", "saslmechanismlogin", "saslmechanismcrammd5", "newloginclient",
        "userpass", "user_pass", "userpassword", "pscredential", "authuser", "auth_user", "xoauth2",
        "usernameandpassword", "useraccount", "imaplogin", "smtplogin", "pop3login", "plaincredentials",
        "logincredentials", "mailauthenticator", "smtpauthenticator", "usepassword", "use_password",
    ]

    /// The secret alone.
    private static let alone = [
        "setpassword", "set_password", "withpassword", "with_password", "password", "pass", "pass_", "setpass",
        "set_pass",
        "passwd", "setpasswd", "setaccesstoken", "setrefreshtoken", "setclientsecret", "accesstoken", "access_token",
        "refreshtoken", "setapikey", "set_api_key", "api_key", "apikey", "setsmtppassword", "setmailpassword",
        "secret", "accesstokensecret", "bearertoken", "withtoken", "withaccesstoken",
    ]
}
