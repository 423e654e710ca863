import MailModel

/// LOGIN (draft-murchison-sasl-login-00): the server asks twice, and gets the user name and then the password.
///
/// The wording of the two challenges differs from server to server and is not looked at: the order alone counts.
enum LoginMechanism {
    /// Makes the messages.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - password: The password.
    /// - Returns: The two answers, in order.
    /// - Throws: `UnusableCredential` for empty parts and for NUL.
    static func messages(username: String, password: String) throws(UnusableCredential) -> [SASLMessage] {
        try UnusableCredential.check(username: username, secret: password, without: [0])
        return [SASLMessage(open: Array(username.utf8)), SASLMessage(secret: Array(password.utf8))]
    }
}
