internal import CAres
internal import FoundationEssentials
import Glibc
internal import MailModel

/// The owner of one c-ares channel.
///
/// Ownership: the thread that makes it is the only one that touches it, and calls `close` before letting go of it.
/// C code holds two kinds of pointers into Swift, both unretained: one to `events` (owned here) and one to each
/// `CAresQuery` (owned by `events` until its only callback has come, which c-ares promises even when it is destroyed).
/// The callbacks only write down what happened; nothing is resumed, called back or freed inside one.
final class CAresChannel {
    /// What c-ares has told so far.
    let events = CAresEvents()
    private let channel: ares_channel
    private var isOpen = true

    private static let receiveBuffer: Int32 = 1_048_576

    /// Checks once in the process that c-ares is ready; its status otherwise.
    private static let libraryStatus: Int32 = ares_library_init(ARES_LIB_INIT_ALL)

    /// Opens a channel.
    ///
    /// - Parameters:
    ///   - servers: The servers to ask, in order; none for those of `/etc/resolv.conf`.
    ///   - limits: The schedule of tries.
    ///   - passesRefusals: Whether SERVFAIL, NOTIMP and REFUSED come back as answers. If not, c-ares goes on to the
    ///     next server, and tells no more than that none answered.
    /// - Throws: `ResolverError.cannotStart`.
    init(servers: [ResolverAddress], limits: ResolverLimits, passesRefusals: Bool) throws(ResolverError) {
        guard Self.libraryStatus == ARES_SUCCESS.status else { throw .cannotStart(Self.reason(Self.libraryStatus)) }
        var options = ares_options()
        options.flags = Int32(ARES_FLAG_EDNS | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES)
        if passesRefusals { options.flags |= Int32(ARES_FLAG_NOCHECKRESP) }
        // What crosses every path without being fragmented (DNS flag day 2020).
        options.ednspsz = 1232
        options.timeout = limits.firstTry.roundedUpMilliseconds
        options.tries = Int32(clamping: limits.tries)
        // As many answers as may come at once must fit; the system gives what it allows. The socket is not kept open
        // when nothing is asked (`ARES_FLAG_STAYOPEN`): a new one has a new port, which an attacker would have to guess
        // (RFC 5452, section 4.5), and while questions are on their way c-ares 1.18 keeps it anyway.
        options.socket_receive_buffer_size = Self.receiveBuffer
        options.sock_state_cb_data = Unmanaged.passUnretained(events).toOpaque()
        options.sock_state_cb = { context, socket, readable, writable in
            guard let context else { return }
            let events = Unmanaged<CAresEvents>.fromOpaque(context).takeUnretainedValue()
            events.socketChanged(socket, reads: readable != 0, writes: writable != 0)
        }
        let mask =
            ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB
            | ARES_OPT_SOCK_RCVBUF
        var opened: ares_channel?
        let status = ares_init_options(&opened, &options, Int32(mask))
        guard status == ARES_SUCCESS.status, let opened else { throw .cannotStart(Self.reason(status)) }
        if !servers.isEmpty {
            let set = ares_set_servers_ports_csv(opened, servers.map(\.description).joined(separator: ","))
            guard set == ARES_SUCCESS.status else {
                ares_destroy(opened)
                throw .cannotStart(Self.reason(set))
            }
        }
        channel = opened
    }

    /// How many servers the channel asks.
    var serverCount: Int {
        var first: UnsafeMutablePointer<ares_addr_port_node>?
        guard ares_get_servers_ports(channel, &first) == ARES_SUCCESS.status else { return 0 }
        defer { ares_free_data(first) }
        var count = 0
        var next = first
        while let server = next {
            count += 1
            next = server.pointee.next
        }
        return count
    }

    /// Sends a query. Its end is noted in `events`, perhaps before this returns.
    ///
    /// - Parameters:
    ///   - question: A legal question.
    ///   - id: What the end is noted under.
    func send(_ question: DNSQuestion, id: UInt64) {
        let query = CAresQuery(id: id, question: question, events: events)
        events.queries[id] = query
        ares_query(
            channel, question.name, 1, Int32(question.type.number),
            { context, status, _, answer, length in
                guard let context else { return }
                let octets = UnsafeBufferPointer(start: answer, count: answer == nil ? 0 : Int(max(length, 0)))
                Unmanaged<CAresQuery>.fromOpaque(context).takeUnretainedValue().ended(status, Array(octets))
            }, Unmanaged.passUnretained(query).toOpaque())
    }

    /// How long c-ares can wait before it must be called again; nil when it waits for nothing.
    var timeout: Duration? {
        var time = timeval()
        guard ares_timeout(channel, nil, &time) != nil else { return nil }
        return .seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_usec))
    }

    /// Lets c-ares read and write where it can.
    ///
    /// - Parameters:
    ///   - readable: A socket with something to read, or nil.
    ///   - writable: A socket that takes something, or nil. With neither, only what is overdue is looked after.
    func process(readable: Int32?, writable: Int32?) {
        ares_process_fd(channel, readable ?? ARES_SOCKET_BAD, writable ?? ARES_SOCKET_BAD)
    }

    /// Destroys the channel: every query in flight is noted as ended. Nothing else may be called afterwards.
    func close() {
        guard isOpen else { return }
        isOpen = false
        ares_destroy(channel)
        // The queries that this ended still point to `events`.
        _ = events.takeEnded()
    }

    /// c-ares' own word for a status.
    static func reason(_ status: Int32) -> String { String(cString: ares_strerror(status)) }
}

extension CAresChannel {
    /// What `poll` is to watch for this channel.
    var pollDescriptors: [pollfd] {
        events.sockets.map { socket, interest in
            let wanted = (interest.reads ? Int16(POLLIN) : 0) | (interest.writes ? Int16(POLLOUT) : 0)
            return pollfd(fd: socket, events: wanted, revents: 0)
        }
    }

    /// Does what `poll` says can be done, and looks after what is overdue.
    ///
    /// - Parameter polled: What `poll` returned; descriptors of others are passed over.
    func process(_ polled: [pollfd]) {
        let trouble = Int16(POLLERR | POLLHUP | POLLNVAL)
        for descriptor in polled where descriptor.revents != 0 {
            // An earlier turn of this loop may have closed the socket.
            guard let interest = events.sockets[descriptor.fd] else { continue }
            let reads = interest.reads && descriptor.revents & (Int16(POLLIN) | trouble) != 0
            let writes = interest.writes && descriptor.revents & (Int16(POLLOUT) | trouble) != 0
            process(readable: reads ? descriptor.fd : nil, writable: writes ? descriptor.fd : nil)
        }
        process(readable: nil, writable: nil)
    }
}

extension BinaryInteger {
    /// The type that c-ares' functions use for its constants.
    fileprivate var status: Int32 { Int32(truncatingIfNeeded: self) }
}
