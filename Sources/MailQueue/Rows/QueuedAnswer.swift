internal import MailBatch
internal import MailJSON
internal import MailModel

/// What a worker says of a row. Only sealed does it leave the process.
enum QueuedAnswer: Sendable {
    /// What the row came to.
    case answer(RowAnswer)
    /// Its message was changed on its way; nothing was done for it.
    case refused

    /// The largest message that a server of the queue can be told to take (`max_payload`): an answer with a long report in it.
    static let limits = JSONParser.Limits(octets: 67_108_864)

    /// In JSON, to be sealed.
    var octets: [UInt8] {
        guard case .answer(let answer) = self else { return Array(#"{"refused":true}"#.utf8) }
        var object = JSONObject()
        object["row"] = .integer(answer.number)
        object["line"] = .integer(answer.line)
        object["address"] = .text(answer.address)
        object["status"] = .integer(answer.status)
        object["verdict"] = .optional(answer.verdict?.rawValue)
        object["cause"] = .optional(answer.cause)
        object["who"] = .optional(answer.who)
        object["fix"] = .optional(answer.fix)
        object["sentence"] = .optional(answer.sentence)
        object["scope"] = .optional(answer.scope)
        object["provider"] = .optional(answer.provider)
        object["registration"] = .optional(answer.registration?.rawValue)
        object["inbox_id"] = .optional(answer.inboxID)
        object["daily_limit"] = .optional(answer.dailyLimit)
        object["report"] = .text(answer.report)
        return Array(JSONValue.object(object).rendered(.compact).utf8)
    }

    /// Reads what was opened; nil when it is neither.
    init?(octets: [UInt8]) {
        guard let value = try? JSONParser.parse(octets, limits: Self.limits) else { return nil }
        if value["refused"]?.bool == true {
            self = .refused
            return
        }
        guard let number = value["row"]?.integer, let line = value["line"]?.integer,
            let status = value["status"]?.integer, let report = value["report"]?.text
        else { return nil }
        self = .answer(
            RowAnswer(
                number: number, line: line, address: value["address"]?.text ?? "", status: status,
                verdict: value["verdict"]?.text.flatMap(Verdict.init), cause: value["cause"]?.text,
                who: value["who"]?.text, fix: value["fix"]?.text, sentence: value["sentence"]?.text,
                scope: value["scope"]?.text, provider: value["provider"]?.text,
                registration: value["registration"]?.text.flatMap(RegistrationOutcome.Status.init),
                inboxID: value["inbox_id"]?.text, dailyLimit: value["daily_limit"]?.integer, report: report))
    }
}

extension RowAnswer {
    /// The report without what makes it long.
    var withoutEvidence: String {
        guard case .object(var object)? = try? JSONParser.parse(Array(report.utf8), limits: QueuedAnswer.limits)
        else { return "{}" }
        object["transcript"] = .list([])
        object["evidence"] = .list([])
        return JSONValue.object(object).rendered(.compact)
    }
}
