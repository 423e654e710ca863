import Foundation
import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

/// Secrets in a pasted text are masked before anything else is done with it.
@Suite struct PasteMaskTests {
    static let secret = "Tr0ub4dor&3xyz"

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// Texts with the secret, raw or encoded, and what must be gone.
    static let texts: [(text: String, gone: String)] = {
        let plain = base64("\0jane@example.com\0\(secret)")
        let word = base64(secret)
        let bearer = base64("user=jane@example.com\u{1}auth=Bearer ya29.\(secret)\u{1}\u{1}")
        let cram = base64("jane@example.com 9e95aee09c40af2b84a0c2b3bbae786e")
        return [
            ("AUTH PLAIN \(plain)\r\n535 5.7.8 no", plain), ("C: AUTH PLAIN \(plain)", plain),
            ("send: 'AUTH PLAIN \(plain)\\r\\n'", plain), ("a1 AUTHENTICATE PLAIN \(plain)", plain),
            ("334 VXNlcm5hbWU6\namFuZQ==\n334 UGFzc3dvcmQ6\n\(word)\n535 no", word),
            ("SERVER -> CLIENT: 334 UGFzc3dvcmQ6\nCLIENT -> SERVER: \(word)", word),
            ("send: '\(word)\\r\\n'", word), ("AUTH XOAUTH2 \(bearer)", bearer), ("+ \n\(cram)", cram),
            ("334 PDE4OTYuNjk3MTcwOTUyQHg+\nC: \(cram)", cram),
            ("a1 LOGIN jane@example.com \(secret)", secret), ("C: A0001 LOGIN \"jane\" \"\(secret)\"", secret),
            ("called with 'LOGIN jane@example.com \(secret)' failed", secret),
            ("password: \(secret)", secret), ("pass=\(secret)", secret), ("'pass': '\(secret)',", secret),
            ("\"smtp_password\":\"\(secret)\"", secret), ("$mail->Password = '\(secret)';", secret),
            ("MAIL_PASSWORD=\(secret)\n", secret), ("'password' => \"\(secret)\"", secret),
            ("<password>\(secret)</password>", secret), ("--password1 \(secret) --ssl1", secret),
            ("{\\\"password\\\":\\\"\(secret)\\\"}", secret), ("Authorization: Bearer ya29.\(secret)", secret),
            ("access_token=ya29.\(secret)&x=1", secret), ("smtp://jane:\(secret)@smtp.example.com:587", secret),
            ("smtp://jane%40example.com:p@ss:w0rd!x@smtp.example.com", "p@ss:w0rd!x"),
            ("app password abcd efgh ijkl mnop", "abcd efgh ijkl mnop"),
            ("pass: abcdefghijklmnop", "abcdefghijklmnop"), ("abcd efgh ijkl mnop", "abcd efgh ijkl mnop"),
            ("token eyJhbGciOiJub25l.eyJzdWIiOiJqYW5lIn0.c2ln", "eyJzdWIiOiJqYW5lIn0"),
            ("password: correct \(secret) staple\nx", secret), ("SMTP_PASSWORD=a b \(secret)", secret),
            ("a1 LOGIN jane {14}\n+ go ahead\n\(secret)\na1 OK done", secret),
            ("C: a1 LOGIN {4+}\nC: jane {14+}\nC: \(secret)\nS: a1 NO no", secret),
            ("dovecot: client in: CONT#0111#011\(word)", word),
        ]
    }()

    @Test(arguments: texts.indices) func theSecretIsGone(index: Int) throws {
        let (text, gone) = Self.texts[index]
        let masked = PasteMask.masked(text)
        #expect(!masked.contains(gone), "\(masked)")
        let explanation = Explainer(catalog: try RepositoryCatalog.catalog()).explain(text)
        #expect(!"\(explanation)".contains(gone))
        #expect(explanation.text.contains(Redactor.mask))
    }

    /// What a server says, and what is no secret, stays as it is.
    static let plain = [
        "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "334 VXNlcm5hbWU6",
        "SMTP ERROR: Password command failed: 535 Incorrect authentication data", "a1 NO LOGIN failed.",
        "250-AUTH LOGIN PLAIN XOAUTH2", "DEBUG SMTP: AUTH LOGIN failed",
        "A0001 NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials",
        "NO [ALERT] Too many simultaneous connections. pass", "Bad username / password",
        "https://support.google.com/mail/?p=BadCredentials", "Host: smtp.example.com:587 user@example.com",
        "basic authentication is disabled. [AM0PR01CA0123.eurprd01.prod.exchangelabs.com]",
        "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=", "password: incorrect",
    ]

    @Test(arguments: plain) func whatIsNoSecretStays(text: String) { #expect(PasteMask.masked(text) == text) }
}
