import MailNetwork

/// Sends nothing: it gives its answers one after another, the last one again and again, and keeps what it was asked.
actor SequenceHTTP: HTTPSending {
    private(set) var requests: [HTTPRequest] = []
    private let answers: [Result<HTTPResponse, HTTPFailure>]

    init(_ answers: [Result<HTTPResponse, HTTPFailure>]) { self.answers = answers }

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        requests.append(request)
        guard let answer = answers.indices.contains(requests.count - 1) ? answers[requests.count - 1] : answers.last
        else { throw HTTPFailure(kind: .connect, requestMayHaveLeft: false, detail: "no answers") }
        return try answer.get()
    }

    static func answer(
        _ status: Int, _ body: String = "{}", _ headers: [(name: String, value: String)] = []
    ) -> Result<HTTPResponse, HTTPFailure> {
        .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8), url: "https://api.example/"))
    }

    static func failure(_ kind: HTTPFailure.Kind, left: Bool) -> Result<HTTPResponse, HTTPFailure> {
        .failure(HTTPFailure(kind: kind, requestMayHaveLeft: left, detail: "the words of the cause"))
    }

    static let created = answer(
        201, #"{"success":true,"inbox_id":"box-1","overall_status":"PENDING","daily_limit":20}"#)
}
