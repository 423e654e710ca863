import MailModel

/// What it all comes to.
extension TerminalPage {
    mutating func addDailyLimit(of diagnosis: Diagnosis) {
        guard let limit = diagnosis.dailyLimit else { return addHeading("Daily limit: not known", ink: .plain) }
        addHeading("Daily limit: \(limit.recommended) messages a day (\(limit.low) to \(limit.high))")
        let stage = limit.stage == .unknown ? "not known" : limit.stage.rawValue
        add("Age of the mailbox: \(stage)", indent: 2)
        add("The provider's own limit: \(limit.providerCap.map { "\($0) a day" } ?? "not known")", indent: 2)
        for reason in words.reasons(of: limit) { add(reason, lead: "- ", indent: 2) }
        if !limit.ramp.isEmpty {
            add("A day, warm-up mail included: \(limit.ramp.map(AdviceWords.step).joined(separator: ", "))", indent: 2)
        }
        guard style.everything else { return }
        for source in limit.sources { add("Source: \(source)", indent: 2) }
    }

    mutating func addRegistration(of report: Report) {
        guard let outcome = report.registration else {
            return addHeading("Registration: not attempted")
        }
        addHeading("Registration: \(RegistrationWords.headline(outcome.status))", ink: ink(for: outcome.status))
        if !outcome.reason.isEmpty { add(outcome.reason, indent: 2) }
        for note in outcome.notes + outcome.steps.map(words.text) { add(note, lead: "- ", indent: 2) }
        if outcome.status != .notAttempted { addAnswer(outcome) }
        guard let request = outcome.request, style.verbose || outcome.status == .notAttempted else { return }
        add("The request:\(outcome.target.map { " \($0)" } ?? "")", indent: 2)
        for field in request { add("\(field.name): \(RegistrationWords.text(of: field.value))", indent: 4) }
    }

    private mutating func addAnswer(_ outcome: RegistrationOutcome) {
        addField("Inbox id", outcome.inboxID ?? "not known")
        addField("Status", outcome.overallStatus ?? "not known")
        addField("Daily limit", outcome.dailyLimit.map(String.init) ?? "not known")
        addField("Created", outcome.createdAt.map(TimeWords.moment) ?? "not known")
        addField("HTTP status", outcome.httpStatus.map(String.init) ?? "not known")
    }

    private func ink(for status: RegistrationOutcome.Status) -> Ink {
        switch status {
        case .registered, .alreadyRegistered: .green
        case .notAttempted, .unknown: .yellow
        case .refused: .red
        }
    }

    mutating func addFooter(of report: Report) {
        let tool = report.tool
        addBlank()
        add(
            "\(tool.name) \(tool.version), catalogue \(tool.catalogueVersion), "
                + "\(TimeWords.moment(report.diagnosis.startedAt)), took \(TimeWords.text(report.diagnosis.duration))",
            ink: .faint)
    }
}

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
