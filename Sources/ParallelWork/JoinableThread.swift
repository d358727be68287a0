#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A POSIX thread that runs one closure and is waited for.
///
/// The cooperative pool of Swift concurrency is not used for this work: it may not be blocked, has as many threads as
/// there are processors, and a library that is called from ordinary code should not force `async` on its caller.
struct JoinableThread {
    private final class Work {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let handle: pthread_t

    /// Nil when the system gives no more threads: the caller's other workers then do the work.
    init?(_ run: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(run))
        #if canImport(Darwin)
            var handle: pthread_t?
            let status = pthread_create(
                &handle, nil,
                {
                    Self.start($0); return nil
                }, work.toOpaque())
        #else
            var handle: pthread_t = 0
            let status = pthread_create(
                &handle, nil,
                {
                    if let argument = $0 { Self.start(argument) }; return nil
                }, work.toOpaque())
        #endif
        guard status == 0 else {
            work.release()
            return nil
        }
        #if canImport(Darwin)
            guard let handle else { return nil }
        #endif
        self.handle = handle
    }

    private static func start(_ argument: UnsafeMutableRawPointer) {
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
    }

    func join() { pthread_join(handle, nil) }
}
