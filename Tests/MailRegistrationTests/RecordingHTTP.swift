import MailNetwork

/// Sends nothing: it keeps what it was asked to send and gives the one answer it was made with.
actor RecordingHTTP: HTTPSending {
    private(set) var requests: [HTTPRequest] = []
    private let answer: Result<HTTPResponse, HTTPFailure>

    init(_ status: Int, _ body: [UInt8], headers: [(name: String, value: String)] = []) {
        answer = .success(HTTPResponse(status: status, headers: headers, body: body, url: "https://api.example/"))
    }

    init(_ status: Int, _ body: String = "", headers: [(name: String, value: String)] = []) {
        self.init(status, Array(body.utf8), headers: headers)
    }

    init(failing failure: HTTPFailure) { answer = .failure(failure) }

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        requests.append(request)
        return try answer.get()
    }
}
