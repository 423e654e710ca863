internal import NIOCore
internal import NIOPosix

/// Runs the tasks of one piece of work on the thread of one event loop, where its connections are too: what is read is
/// worked on where it came in, and no thread has to be woken for it.
///
/// Whoever blocks or calculates for long leaves it for that, as a task leaves the shared threads for it (`HeavyWork`).
public final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    private init(loop: any EventLoop) { self.loop = loop }

    private static let all = MultiThreadedEventLoopGroup.singleton.makeIterator().map(EventLoopExecutor.init)

    /// The executor of the loop whose turn it is.
    ///
    /// - Returns: An executor; there is one a processor.
    public static func next() -> EventLoopExecutor {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        return all.first { $0.loop === loop } ?? EventLoopExecutor(loop: loop)
    }

    /// Runs a job on the loop's thread, soon.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
