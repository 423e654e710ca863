import MailConnect
import MailJSON
package import MailModel
import MailRegistration
package import MailReport

/// Makes a row's answer of what its run came to.
package struct RowReport: Sendable {
    /// Which program made it, and what it knew.
    let tool: ToolIdentity

    /// Reports of a program.
    package init(tool: ToolIdentity) { self.tool = tool }

    /// The answer of an account that was checked.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - diagnosis: What its run came to.
    ///   - registration: What became of its registration; nil where none was wanted.
    /// - Returns: The answer.
    package func answer(_ row: BatchRow, _ diagnosis: Diagnosis, _ registration: RegistrationOutcome?) -> RowAnswer {
        let report = Report(tool: tool, command: .batch, diagnosis: diagnosis, registration: registration)
        let told = AnswerSummary(report)
        var json = JSONObject()
        if case .object(let object) = Report.json.write(report) { json = object }
        json["row"] = .integer(row.number)
        json["line"] = .integer(row.line)
        return RowAnswer(
            number: row.number, line: row.line, address: diagnosis.address?.description ?? row.address.description,
            status: Self.status(diagnosis.verdict, registration), verdict: diagnosis.verdict, cause: told.cause,
            who: told.who, fix: told.fix, sentence: told.sentence, scope: scope(diagnosis, told.who),
            provider: diagnosis.provider.id, registration: registration?.status, inboxID: registration?.inboxID,
            dailyLimit: registration?.dailyLimit ?? diagnosis.dailyLimit?.recommended,
            report: JSONValue.object(json).rendered(.compact))
    }

    /// The answer of a row that could not be used.
    package func answer(number: Int, line: Int, _ problem: InputProblem, address: String?) -> RowAnswer {
        let shown = address.map { ServerText(String($0.prefix(320))).escaped }
        var error = JSONObject()
        error["status"] = 65
        error["id"] = .text(problem.id.rawValue)
        error["message"] = .text(problem.description)
        error["field"] = .optional(problem.field)
        error["line"] = .optional(problem.line)
        error["column"] = .optional(problem.column)
        var json = JSONObject()
        json["schema"] = 1
        json["command"] = "batch"
        json["row"] = .integer(number)
        json["line"] = .integer(line)
        json["address"] = .optional(shown)
        json["error"] = .object(error)
        return RowAnswer(
            number: number, line: line, address: shown ?? "", status: 65, cause: problem.id.rawValue, who: "support",
            fix: "Correct the row in the file.", sentence: problem.description,
            report: JSONValue.object(json).rendered(.compact))
    }

    /// As a single run would leave: 0 ready, 1 action needed, 2 cannot tell, 3 refused, 4 unknown.
    private static func status(_ verdict: Verdict, _ registration: RegistrationOutcome?) -> Int {
        let checked =
            switch verdict {
            case .ready, .readyWithWarnings: 0
            case .actionNeeded: 1
            case .cannotTell: 2
            }
        switch registration?.status {
        case nil: return checked
        case .registered?, .alreadyRegistered?: return 0
        case .refused?: return 3
        case .unknown?: return 4
        case .notAttempted?:
            switch registration?.obstacle {
            case .dryRun?: return 0
            case .unreachable?, .cancelled?, .rateLimited?, .journal?: return 2
            default: return verdict.isReady ? 1 : checked
            }
        }
    }

    /// One administrator can put all mailboxes of a domain right, and one provider all of its own.
    private func scope(_ diagnosis: Diagnosis, _ who: String?) -> String? {
        switch who {
        case RemedyOwner.admin.rawValue: diagnosis.domain.description
        case RemedyOwner.provider.rawValue: diagnosis.provider.name
        default: nil
        }
    }
}
