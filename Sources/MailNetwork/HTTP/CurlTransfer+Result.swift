internal import CCurl
internal import MailModel

extension CurlTransfer {
    /// What the transfer ended in.
    ///
    /// - Parameter code: libcurl's word.
    /// - Returns: The response, or why there is none.
    func result(_ code: CURLcode) -> Result<HTTPResponse, HTTPFailure> {
        var status = 0
        mailconnect_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        guard code == CURLE_OK, status > 0 else {
            let (kind, detail) = cause(code)
            return .failure(failure(kind, detail))
        }
        let response = HTTPResponse(
            status: status, headers: reader.headers, body: reader.body, url: exchange.url.text)
        return .success(response)
    }

    /// A failure, with what is known about the request.
    func failure(_ kind: HTTPFailure.Kind, _ detail: String) -> HTTPFailure {
        HTTPFailure(kind: kind, requestMayHaveLeft: !isCertainlyUnsent, detail: "\(exchange.url.host): \(detail)")
    }

    /// Whether no octet of the request can have left: the TLS handshake never ended, and nothing was counted as sent.
    ///
    /// libcurl counts what it sent only after a write has succeeded as a whole, so its count alone proves nothing; but
    /// before the handshake has ended there is no key to send a request with (no early data is ever used).
    private var isCertainlyUnsent: Bool {
        var (handshake, ready) = (curl_off_t(), curl_off_t())
        var sent = 0
        guard mailconnect_curl_get_offset(easy, CURLINFO_APPCONNECT_TIME_T, &handshake) == CURLE_OK,
            mailconnect_curl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &ready) == CURLE_OK,
            mailconnect_curl_get_long(easy, CURLINFO_REQUEST_SIZE, &sent) == CURLE_OK
        else { return false }
        return handshake == 0 && ready == 0 && sent == 0
    }

    /// libcurl's own sentences are shown for connections and certificates only: elsewhere they may quote the server.
    private func cause(_ code: CURLcode) -> (HTTPFailure.Kind, String) {
        if let excess = reader.excess { return (.tooLarge, "the answer is not read: \(excess)") }
        let general = String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_OK: return (.broken, "the answer has no status")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return (.badURL, general)
        case CURLE_COULDNT_CONNECT where lackedSocket: return (.ourLimit, SystemLimit.reason)
        case CURLE_COULDNT_RESOLVE_HOST: return (.lookup, general)
        case CURLE_COULDNT_CONNECT: return (.connect, specific(general))
        case CURLE_OPERATION_TIMEDOUT: return (.timedOut, general)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT:
            return (.tls, specific(general))
        default: return (isCertainlyUnsent ? .connect : .broken, general)
        }
    }

    private func specific(_ general: String) -> String {
        let text = ServerText(octets: errorMessage.utf8, limit: 300).escaped
        return text.isEmpty ? general : text
    }

    private var errorMessage: String { String(cString: errorBuffer) }
}
