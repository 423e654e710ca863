public import MailModel

/// Which daily limit is sent: the advice, or what the user asks for.
public enum LimitChoice: Hashable, Sendable {
    /// This number is sent; the note, if any, says that it is not the advised one.
    case send(Int, note: String?)
    /// The user asks for more than the provider lets anybody send.
    case refused(reason: String)

    /// Chooses.
    ///
    /// - Parameters:
    ///   - asked: What the user asks for, nil for the advice.
    ///   - advice: The advice.
    ///   - force: Whether the user insists, whatever the provider's limit.
    public init(asked: Int?, advice: DailyLimit, force: Bool) {
        guard let asked else {
            self = .send(advice.recommended, note: nil)
            return
        }
        if let cap = advice.providerCap, asked > cap {
            guard force else {
                self = .refused(
                    reason: "a daily limit of \(asked) is above the provider's own limit of \(cap)")
                return
            }
            let note = "The daily limit \(asked) is above the provider's own limit of \(cap), as it was insisted on."
            self = .send(asked, note: note)
            return
        }
        guard asked > advice.recommended else {
            self = .send(asked, note: nil)
            return
        }
        self = .send(
            asked, note: "The daily limit \(asked) is above the advice of \(advice.recommended); see its reasons.")
    }
}
