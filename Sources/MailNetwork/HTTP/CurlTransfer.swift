internal import CCurl
internal import FoundationEssentials
import Glibc

/// The owner of one easy handle. Handles of requests that only read are used again.
final class CurlHandle {
    /// The handle.
    let easy: UnsafeMutableRawPointer

    /// Makes a handle without options; nil without memory.
    init?() {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
    }

    deinit { curl_easy_cleanup(easy) }
}

/// One request on its way.
///
/// Ownership: `CurlWorker` holds the only reference, on its thread, and takes the handle out of the multi handle before
/// it lets go. libcurl holds unretained pointers to this object and to the lists, which are taken from the handle before
/// anything is freed.
/// The callbacks only collect octets and open sockets: nothing is resumed or freed inside one.
final class CurlTransfer {
    /// The handle, used by nothing else meanwhile.
    let handle: CurlHandle
    /// What is exchanged, and who waits for it.
    let exchange: CurlExchange
    /// What came back so far.
    private(set) var reader: HTTPResponseReader
    /// Header fields and addresses, which libcurl does not copy.
    var lists: [CurlList] = []
    /// Where libcurl writes what went wrong.
    let errorBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// Whether there was no socket for it.
    private(set) var lackedSocket = false

    /// libcurl's handle.
    var easy: UnsafeMutableRawPointer { handle.easy }

    /// Prepares a request. The handle has no options yet.
    init(_ exchange: CurlExchange, handle: CurlHandle) {
        self.handle = handle
        self.exchange = exchange
        reader = HTTPResponseReader(maximumBodyLength: max(exchange.request.maximumResponseLength, 0))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        // Its connections and nothing else outlive this.
        curl_easy_reset(easy)
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
        let opened = socket(target.family, target.socktype | Int32(SOCK_CLOEXEC.rawValue), target.protocol)
        if opened < 0, SystemLimit.isReached(errno) { lackedSocket = true }
        return opened
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
