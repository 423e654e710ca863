internal import CCurl

/// Sets options of one easy handle and remembers the first refusal: an option that did not take must stop the request.
struct CurlOptions {
    private let easy: UnsafeMutableRawPointer
    /// The first code that was not `CURLE_OK`.
    private(set) var status = CURLE_OK

    /// Begins to set options of a handle.
    init(_ easy: UnsafeMutableRawPointer) { self.easy = easy }

    /// Sets a number.
    mutating func set(_ option: CURLoption, _ value: Int) {
        note(mailconnect_curl_set_long(easy, option, value))
    }

    /// Sets a text, or resets it with nil.
    mutating func set(_ option: CURLoption, _ value: String?) {
        note(mailconnect_curl_set_text(easy, option, value))
    }

    /// Sets a list, which must live as long as the handle.
    mutating func set(_ option: CURLoption, _ list: CurlList) {
        note(list.isComplete ? mailconnect_curl_set_list(easy, option, list.first) : CURLE_OUT_OF_MEMORY)
    }

    /// Sets a pointer, which libcurl does not copy.
    mutating func set(_ option: CURLoption, _ pointer: UnsafeMutableRawPointer) {
        note(mailconnect_curl_set_pointer(easy, option, pointer))
    }

    /// Sets a callback for octets.
    mutating func set(_ option: CURLoption, _ callback: curl_write_callback) {
        note(mailconnect_curl_set_reader(easy, option, callback))
    }

    /// Sets the callback that opens sockets.
    mutating func setOpener(_ callback: curl_opensocket_callback) {
        note(mailconnect_curl_set_opener(easy, callback))
    }

    /// Sets the callback that gets the TLS context of a new connection.
    mutating func setTLS(_ callback: curl_ssl_ctx_callback) { note(mailconnect_curl_set_tls(easy, callback)) }

    /// Sets the request body, which libcurl copies.
    mutating func setBody(_ body: [UInt8]) {
        note(body.withUnsafeBytes { mailconnect_curl_set_body(easy, $0.baseAddress, curl_off_t($0.count)) })
    }

    private mutating func note(_ code: CURLcode) {
        if status == CURLE_OK { status = code }
    }
}

/// The owner of one of libcurl's lists of texts.
final class CurlList {
    /// The list as libcurl takes it; nil when it is empty.
    private(set) var first: UnsafeMutablePointer<curl_slist>?
    /// Whether every text found memory.
    private(set) var isComplete = true

    /// Makes a list.
    ///
    /// - Parameter texts: What is in it; libcurl copies it.
    init(_ texts: [String]) {
        for text in texts {
            guard let longer = curl_slist_append(first, text) else {
                isComplete = false
                return
            }
            first = longer
        }
    }

    deinit { curl_slist_free_all(first) }
}
