/// The keys that the lab's registration API knows. Each draws one answer, whatever the request.
public enum LabAPIKey: String, CaseIterable, Sendable {
    /// 201, with the account's own data.
    case accepted = "cs_live_lab"
    /// 409.
    case taken = "cs_live_lab_taken"
    /// 422.
    case invalid = "cs_live_lab_invalid"
    /// 429, with `Retry-After`.
    case busy = "cs_live_lab_busy"
    /// 500.
    case broken = "cs_live_lab_broken"
    /// 503.
    case away = "cs_live_lab_away"
    /// 401: a key like any other that the API does not know.
    case unknown = "cs_live_unknown"
}
