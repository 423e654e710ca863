/// What a registration peer does with a request instead of answering it well.
public enum RegistrationFault: Hashable, Sendable {
    /// 401: the key is said to be unknown or revoked.
    case unauthorized
    /// 403: the key lacks a scope.
    case forbidden
    /// 409: the account is said to exist.
    case conflict
    /// 422: a field is refused, the whole body echoed.
    case unprocessable
    /// 429, with `X-RateLimit-*`, and `Retry-After` when a number of seconds is given.
    case rateLimited(retryAfter: Int?)
    /// 500 with a page of HTML.
    case serverError
    /// Any status with a short JSON `detail`.
    case status(Int)
    /// 201 with `success` false.
    case notSuccessful
    /// 201 with a body that is no JSON.
    case garbage
    /// A redirect (307) to a URL.
    case redirect(to: String)
    /// No answer; the connection stays open.
    case silent
    /// The account is stored, and the answer comes that many milliseconds later.
    case slow(milliseconds: Int)
    /// The account is stored, then the connection is reset.
    case resetAfterStoring
    /// The connection is reset and nothing is stored.
    case reset
    /// Of a bulk request these addresses, in lower case, fail in the background; their errors echo the password.
    case failing(addresses: Set<String>)
}
