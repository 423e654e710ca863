internal import CCurl
internal import Foundation

/// The owner of one easy handle: one request on its way.
///
/// Ownership: `CurlWorker` holds the only reference, on its thread, and takes the handle out of the multi handle before
/// it lets go. libcurl holds unretained pointers to this object and to the lists; the handle is freed first of all.
/// The callbacks only collect octets and open sockets: nothing is resumed or freed inside one.
final class CurlTransfer {
    /// The handle.
    let easy: UnsafeMutableRawPointer
    /// What is exchanged, and who waits for it.
    let exchange: CurlExchange
    /// What came back so far.
    private(set) var reader: HTTPResponseReader
    /// Header fields and addresses, which libcurl does not copy.
    var lists: [CurlList] = []
    /// Where libcurl writes what went wrong.
    let errorBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// Makes a handle; nil without memory. It has no options yet.
    init?(_ exchange: CurlExchange) {
        guard let easy = curl_easy_init() else {
            errorBuffer.deallocate()
            return nil
        }
        self.easy = easy
        self.exchange = exchange
        reader = HTTPResponseReader(maximumBodyLength: max(exchange.request.maximumResponseLength, 0))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(easy)
        errorBuffer.deallocate()
    }

    /// Takes octets in a callback.
    ///
    /// - Parameters:
    ///   - octets: A header line or a piece of the body.
    ///   - isHeader: Which of the two.
    /// - Returns: What libcurl wants back: the number of octets, or another number to end the transfer.
    func take(_ octets: UnsafeRawBufferPointer, isHeader: Bool) -> Int {
        let isTaken = isHeader ? reader.take(headerLine: octets) : reader.take(body: octets)
        // libcurl calls with nothing for an empty body; then 0 is success and 1 is not.
        return isTaken ? octets.count : octets.count + 1
    }

    /// Opens a socket in a callback, if it leads to an address that was looked up and allowed for this transfer.
    ///
    /// - Parameter address: Where libcurl wants to connect to.
    /// - Returns: The socket, closed on exec; `CURL_SOCKET_BAD` to refuse.
    func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let wanted = IPAddress(address), exchange.addresses.contains(wanted) else { return CURL_SOCKET_BAD }
        let target = address.pointee
        return socket(target.family, target.socktype | Int32(SOCK_CLOEXEC.rawValue), target.protocol)
    }
}

extension IPAddress {
    /// Reads a socket address of libcurl's; nil when it is neither IPv4 nor IPv6.
    fileprivate init?(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        // The member is declared as the shortest kind of address; `addrlen` says how long it is.
        let start = UnsafeRawPointer(address).advanced(by: offset)
        let length = Int(address.pointee.addrlen)
        switch address.pointee.family {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            var ip = start.loadUnaligned(as: sockaddr_in.self).sin_addr
            self.init(octets: withUnsafeBytes(of: &ip) { Array($0) })
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            var ip = start.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            self.init(octets: withUnsafeBytes(of: &ip) { Array($0) })
        default: return nil
        }
    }
}
