import NIOCore

/// Runs tasks on an event loop, so that a task that waits for the network goes on where its answer arrives, without
/// waking another thread.
///
/// Whatever such a task does holds up the loop's other connections: it must not block or compute for long.
final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
