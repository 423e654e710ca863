internal import CCurl

extension CurlTransfer {
    /// Sets everything about the request.
    ///
    /// - Parameters:
    ///   - settings: What is the same for all requests of the client.
    ///   - remaining: How long the exchange may still take.
    /// - Returns: The first code that was not `CURLE_OK`: then the handle must not be used.
    func configure(_ settings: CurlSettings, remaining: Duration) -> CURLcode {
        var options = CurlOptions(easy)
        options.set(CURLOPT_URL, exchange.url.text)
        options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorBuffer))
        options.set(CURLOPT_USERAGENT, settings.userAgent)
        setLimits(&options, settings, remaining: remaining)
        setTrust(&options, settings)
        setRoute(&options)
        setReuse(&options)
        setRequest(&options)
        setCallbacks(&options)
        return options.status
    }

    private func setLimits(_ options: inout CurlOptions, _ settings: CurlSettings, remaining: Duration) {
        let total = max(remaining.roundedUpMilliseconds, 1)
        let connect = max(settings.connectTimeout.roundedUpMilliseconds, 1)
        options.set(CURLOPT_TIMEOUT_MS, Int(total))
        options.set(CURLOPT_CONNECTTIMEOUT_MS, Int(min(total, connect)))
        options.set(CURLOPT_NOSIGNAL, 1)
    }

    /// Both the chain and the name are verified, always; there is no way to turn it off.
    private func setTrust(_ options: inout CurlOptions, _ settings: CurlSettings) {
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        options.set(CURLOPT_SSL_CTX_DATA, Unmanaged.passUnretained(self).toOpaque())
        options.setTLS { _, context, transfer in
            guard let context, let transfer else { return CURLE_SSL_CONNECT_ERROR }
            let host = Unmanaged<CurlTransfer>.fromOpaque(transfer).takeUnretainedValue().exchange.url.host
            let trusted = OpaquePointer(context)
            return TLSTrust.apply(to: trusted) && TLSTrust.require(host, in: trusted)
                ? CURLE_OK : CURLE_SSL_CONNECT_ERROR
        }
        guard let file = settings.caFile ?? Self.defaultCAFile else { return }
        options.set(CURLOPT_CAINFO, file)
        // A file alone is read once a client and kept; with a folder beside it, OpenSSL would trust that too, and libcurl would
        // read the whole file again for each connection.
        options.set(CURLOPT_CAPATH, nil)
    }

    private static let defaultCAFile: String? = {
        guard let file = curl_version_info(CURLVERSION_SEVENTH)?.pointee.cainfo else { return nil }
        return String(cString: file)
    }()

    /// Only https, only the addresses that were looked up for it, and no proxy.
    private func setRoute(_ options: inout CurlOptions) {
        options.set(CURLOPT_PROTOCOLS_STR, "https")
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        options.set(CURLOPT_PROXY, "")
        options.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        options.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        guard IPAddress(exchange.url.host) == nil else { return }
        let addresses = exchange.addresses.map { $0.isIPv6 ? "[\($0)]" : "\($0)" }.joined(separator: ",")
        // The plus sign lets the entry age, as one that libcurl looked up itself would.
        let entry = CurlList(["+\(exchange.url.host):\(exchange.url.port):\(addresses)"])
        lists.append(entry)
        options.set(CURLOPT_RESOLVE, entry)
    }

    /// On a kept connection that turns out to be closed, libcurl sends the request a second time by itself. That does no
    /// harm to a request that only reads; any other is written once, on a connection of its own.
    private func setReuse(_ options: inout CurlOptions) {
        // Each connection verifies chain and name by itself; none rests on an earlier handshake.
        options.set(CURLOPT_SSL_SESSIONID_CACHE, 0)
        options.set(CURLOPT_MAXAGE_CONN, Self.longestIdle)
        guard !exchange.mayReuse else { return }
        options.set(CURLOPT_FRESH_CONNECT, 1)
        options.set(CURLOPT_FORBID_REUSE, 1)
    }

    /// The seconds after which a kept connection is not used any more: many servers close theirs about then.
    private static let longestIdle = 20

    private func setRequest(_ options: inout CurlOptions) {
        let request = exchange.request
        switch (request.method, request.body) {
        case ("GET", nil): options.set(CURLOPT_HTTPGET, 1)
        case ("HEAD", nil): options.set(CURLOPT_NOBODY, 1)
        case ("POST", nil), (_, .some):
            options.set(CURLOPT_POST, 1)
            options.setBody(request.body ?? [])
            options.set(CURLOPT_CUSTOMREQUEST, request.method)
        default: options.set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        // A field without a value is libcurl's way to leave out one of its own: no waiting for "100 Continue", and no
        // type that the caller did not name. One that ends with a semicolon is sent empty.
        var fields = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        fields.append("Expect:")
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            fields.append("Content-Type:")
        }
        let list = CurlList(fields)
        lists.append(list)
        options.set(CURLOPT_HTTPHEADER, list)
    }

    private func setCallbacks(_ options: inout CurlOptions) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        options.set(CURLOPT_WRITEDATA, context)
        options.set(CURLOPT_WRITEFUNCTION) { octets, size, count, context in
            CurlTransfer.take(octets, size &* count, isHeader: false, context)
        }
        options.set(CURLOPT_HEADERDATA, context)
        options.set(CURLOPT_HEADERFUNCTION) { octets, size, count, context in
            CurlTransfer.take(octets, size &* count, isHeader: true, context)
        }
        options.set(CURLOPT_OPENSOCKETDATA, context)
        options.setOpener { context, _, address in
            guard let context, let address else { return CURL_SOCKET_BAD }
            return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().open(address)
        }
    }

    private static func take(
        _ octets: UnsafeMutablePointer<CChar>?, _ count: Int, isHeader: Bool, _ context: UnsafeMutableRawPointer?
    ) -> Int {
        guard let context else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.take(
            UnsafeRawBufferPointer(start: octets, count: octets == nil ? 0 : count), isHeader: isHeader)
    }
}
