/// One step of a dialogue.
struct DialogueStep: Hashable, Sendable {
    /// What happens in it.
    enum Kind: Hashable, Sendable {
        /// The server writes; `joined` is what it writes in the same piece.
        case say(ServerLine, joined: [ServerLine])
        /// The client is expected to say this; if it says something else the dialogue goes on at a label, or ends.
        case expect(ClientPattern, otherwise: String?)
        /// The client is expected to log in, by whatever mechanism.
        case login(username: String, password: String, accepted: String, refused: String)
        /// TLS begins.
        case startTLS
        /// The server closes the connection.
        case close
        /// The server resets the connection.
        case reset
        /// The server says nothing more and keeps the connection open.
        case silence
        /// The server waits until the client has said anything, a line or not.
        case hear
        /// The server waits.
        case pause(milliseconds: Int)
        /// The next server line goes out octet by octet.
        case drip(milliseconds: Int)
        /// The server writes a line again and again.
        case flood(ServerLine, count: Int)
        /// The dialogue goes on at a label.
        case goTo(String)
    }

    var kind: Kind
    /// Its line in the file, counted from 1.
    var line: Int
}
