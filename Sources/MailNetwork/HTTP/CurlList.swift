internal import CCurl

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
