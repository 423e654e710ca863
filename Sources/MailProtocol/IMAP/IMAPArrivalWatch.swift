import MailModel

/// Where the test message was looked for, and what was found.
struct IMAPArrivalWatch: Sendable {
    /// The number of the message in the mailbox that is open.
    private(set) var found: Int?
    /// Whether its header field is being read.
    private(set) var isFetching = false

    private let places: [(name: ServerText, command: String)]
    private var next = 0
    private var open: ServerText?
    private var field: [UInt8] = []

    /// Begins to look.
    ///
    /// - Parameter places: The mailboxes, by their names to show and to send.
    init(places: [(name: ServerText, command: String)]) { self.places = places }

    /// Looks into the next mailbox.
    ///
    /// - Parameters:
    ///   - messageID: The Message-ID.
    ///   - tags: Two unused tags.
    /// - Returns: The commands, and the tag of the last.
    mutating func ask(_ messageID: String, tags: [String]) -> (OutgoingData, String) {
        let place = places.isEmpty ? (name: ServerText("INBOX"), command: "INBOX") : places[next % places.count]
        next += 1
        open = place.name
        found = nil
        let lines = zip(tags, ["EXAMINE \(place.command)", "SEARCH HEADER Message-ID \"\(messageID)\""]).map {
            "\($0) \($1)"
        }
        let data = OutgoingData(
            octets: lines.flatMap { Array($0.utf8) + ASCII.lineEnd }, shown: lines.joined(separator: "; "))
        return (data, tags.last ?? "")
    }

    /// Reads the header field.
    ///
    /// - Parameters:
    ///   - number: The message.
    ///   - tag: An unused tag.
    /// - Returns: FETCH, and its tag.
    mutating func fetch(_ number: Int, tag: String) -> (OutgoingData, String) {
        isFetching = true
        let text = "\(tag) FETCH \(number) (BODY.PEEK[HEADER.FIELDS (AUTHENTICATION-RESULTS)])"
        return (OutgoingData(octets: Array(text.utf8) + ASCII.lineEnd, shown: text), tag)
    }

    /// Takes untagged data.
    ///
    /// - Parameter response: Any data response.
    mutating func take(_ response: IMAPResponse) {
        switch response {
        case .search(let numbers): found = numbers.last
        case .header(let octets): field = octets
        default: break
        }
    }

    /// What came of it.
    ///
    /// - Parameter redactor: Takes secrets out of the text.
    /// - Returns: The place, and what the receiving server says of the message's origin.
    func arrival(_ redactor: Redactor) -> DeliveryFacts {
        let results = AuthenticationResults(header: field)
        return DeliveryFacts(
            arrivedIn: open, authority: results.map { redactor.text($0.authority.utf8) },
            methods: results?.methods ?? [])
    }
}
