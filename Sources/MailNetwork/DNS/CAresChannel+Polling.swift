internal import CAres
internal import Foundation

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
