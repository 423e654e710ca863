import MailModel

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
        let (request, last) = watch.ask(message.messageID, tags: [nextTag(), nextTag()])
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
