import MailModel

/// The look at the mailbox. Nothing that goes wrong here takes the login back.
extension IMAPSession {
    /// Sends the commands that look at the mailbox.
    ///
    /// No round trip is spent on asking for capabilities anew: where the server did not announce them with the login,
    /// those from before it have to do.
    ///
    /// - Returns: `send`.
    mutating func surveyMailbox() -> SessionStep {
        conversation.stage = .mailbox
        awaited = .mailbox
        let offered = announced ?? capabilities
        let tags = (1...(offered.hasQuota ? 4 : 3)).map { _ in nextTag() }
        let survey = IMAPMailboxSurvey(capabilities: offered, tags: tags, redactor: redactor)
        self.survey = survey
        return conversation.ask(survey.request)
    }

    /// Takes the tagged answer to one of them.
    ///
    /// - Parameters:
    ///   - status: The answer.
    ///   - octets: The same as sent.
    /// - Returns: The end, nil to read on.
    mutating func handleMailbox(_ status: IMAPStatusResponse, octets: [UInt8]) -> SessionStep? {
        guard survey?.take(status) == true else {
            return conversation.stop(.unknownTag, text: octets)
        }
        return survey?.isComplete == true ? askOn() : nil
    }

    /// Stops reading a list that is longer than the limits: what it was asked for is known well enough.
    ///
    /// - Returns: The end.
    mutating func cutListing() -> SessionStep {
        survey?.stopListing()
        survey?.closeFirstRound()
        return conversation.finish(farewell: logout())
    }

    /// The test message, if one is under way, is waited for.
    private mutating func watchOrFinish() -> SessionStep {
        guard conversation.configuration.testMessage != nil else { return conversation.finish(farewell: logout()) }
        conversation.record.isEssentialKnown = true
        return conversation.pause()
    }

    /// The second round, where there is something left to ask.
    private mutating func askOn() -> SessionStep {
        let tags = (1...3).map { "a\(lastTag + $0)" }
        guard let request = survey?.followUp(tags: tags) else { return watchOrFinish() }
        lastTag += tags.count
        conversation.record.isEssentialKnown = true
        return conversation.ask(request)
    }
}

/// Looks for the test message, mailbox by mailbox, until it is there or nobody waits any more.
///
/// Nothing but that one message is looked at, and of it only the header field that the receiving server wrote
/// (RFC 8601); PEEK leaves it unseen.
extension IMAPSession {
    /// Asks again, after a pause.
    ///
    /// - Returns: EXAMINE and SEARCH in one write.
    public mutating func resume() -> SessionStep {
        guard conversation.phase == .paused, conversation.end == nil,
            let message = conversation.configuration.testMessage
        else {
            return conversation.stop(.outOfOrder)
        }
        var watch = self.watch ?? IMAPArrivalWatch(places: survey?.arrivalPlaces ?? [])
        let (request, last) = watch.ask(message.messageID, tags: [nextTag(), nextTag()], redactor: redactor)
        self.watch = watch
        tag = last
        awaited = .arrival
        return conversation.ask(request)
    }

    /// Takes the answer to SEARCH, or to FETCH.
    ///
    /// - Parameter status: A tagged answer.
    /// - Returns: The next step, nil to read on.
    mutating func handleArrival(_ status: IMAPStatusResponse) -> SessionStep? {
        guard let answered = status.tag, answered == tag else { return nil }
        guard var watch else { return conversation.stop(.outOfOrder) }
        if watch.isFetching {
            conversation.record.arrival = watch.arrival(redactor)
            return conversation.finish(farewell: logout())
        }
        let next = watch.found.map { watch.fetch($0, tag: nextTag()) }
        self.watch = watch
        guard let (request, last) = next else {
            return conversation.pause()
        }
        tag = last
        return conversation.ask(request)
    }
}

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
    ///   - redactor: Takes secrets out of the mailbox's name where it is shown.
    /// - Returns: The commands, and the tag of the last.
    mutating func ask(_ messageID: String, tags: [String], redactor: Redactor) -> (OutgoingData, String) {
        let place = places.isEmpty ? (name: ServerText("INBOX"), command: "INBOX") : places[next % places.count]
        next += 1
        open = place.name
        found = nil
        let lines = zip(tags, ["EXAMINE \(place.command)", "SEARCH HEADER Message-ID \"\(messageID)\""]).map {
            "\($0) \($1)"
        }
        let data = OutgoingData(
            octets: lines.flatMap { Array($0.utf8) + ASCII.lineEnd },
            shown: redactor.redact(lines.joined(separator: "; ")))
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
            methods: (results?.methods ?? []).map { method in
                .init(
                    name: redactor.text(method.name.utf8).escaped, result: redactor.text(method.result.utf8).escaped)
            })
    }
}
