import MailModel

/// What was said on the wire.
extension TerminalPage {
    mutating func addTranscript(of diagnosis: Diagnosis) {
        addHeading("Transcript: C we, S the server, ! what happened")
        if diagnosis.transcript.isEmpty { add("Nothing was said.", indent: 2) }
        var place: Endpoint?
        for entry in diagnosis.transcript {
            if entry.endpoint != place { add("\(entry.endpoint)", indent: 2) }
            place = entry.endpoint
            let time = TimeWords.text(entry.at)
            let filling = String(repeating: " ", count: max(0, 7 - time.count))
            add(entry.text, lead: "\(filling)\(time) \(entry.direction.rawValue) ", indent: 2)
        }
    }
}
