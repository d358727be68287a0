import FirmClusters
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ctrl-C, and a reader that has gone.
///
/// The first SIGINT or SIGTERM asks the work to stop; it does between two pieces of work and the process ends as usual. A
/// second one, or work that does not stop within two seconds (reading from a terminal, say), ends it at once. Unfinished
/// output files are removed either way.
enum Interruption {
    /// What all work of this process looks at.
    static let cancellation = Cancellation()

    private static let isFinishing = Atomic<Bool>(false)

    /// Call before any other thread is started: signals are then taken by one thread that waits for them.
    static func listen() {
        // A closed pipe then shows as an error of `write`.
        signal(SIGPIPE, SIG_IGN)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let awaited = signals
        Thread.detachNewThread {
            var signals = awaited
            var number: Int32 = 0
            sigwait(&signals, &number)
            cancellation.cancel()
            Thread.detachNewThread {
                sleep(2)
                finish(ExitStatus(WorkCancelled()))
            }
            sigwait(&signals, &number)
            finish(ExitStatus(WorkCancelled()))
        }
    }

    /// Ends the process, saying why and leaving no unfinished file behind.
    static func finish(_ status: ExitStatus) -> Never {
        // Only one thread may end the process; others that come here wait to be ended.
        if isFinishing.exchange(true, ordering: .acquiringAndReleasing) { while true { pause() } }
        Console.standard.progress("")
        if let message = status.message, !message.isEmpty { Console.standard.error(message) }
        UnfinishedFiles.removeAll()
        // Nothing is buffered here, and other threads may still be at work: no time for what `exit` would run.
        _exit(status.code)
    }
}
