import MailModel

/// Why a check ended early. `kind` names the case; the other keys are its fields.
extension JSONReport {
    static func failure(_ failure: Failure) -> JSONValue {
        switch failure {
        case .noAddress(let lookups): ["kind": .text("no_address"), "lookups": .list(lookups.map(lookup))]
        case .notConnected(let attempts): ["kind": .text("not_connected"), "attempts": .list(attempts.map(attempt))]
        case .ourLimit: ["kind": .text("our_limit")]
        case .timedOut(let after): ["kind": .text("timed_out"), "after_ms": JSONTime.milliseconds(after)]
        case .closed(let reset, let lastWords):
            ["kind": .text("closed"), "reset": .flag(reset), "last_words": .optional(lastWords?.escaped)]
        case .violation(let what, let text):
            ["kind": .text("violation"), "what": .text(what), "text": .optional(text?.escaped)]
        case .tls(let failure): ["kind": .text("tls"), "tls": tlsFailure(failure)]
        case .rejected(let answer): ["kind": .text("rejected"), "reply": reply(answer)]
        case .startTLSNotOffered: ["kind": .text("starttls_not_offered")]
        case .loginNotOffered: ["kind": .text("login_not_offered")]
        case .noCommonMechanism(let offered): ["kind": .text("no_common_mechanism"), "offered": .texts(offered)]
        case .unusableCredential(let reason): ["kind": .text("unusable_credential"), "reason": .text(reason)]
        }
    }
}
