import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The temporary files of this process that have not yet become output.
///
/// An ``OutputFile`` that goes out of scope removes its own. A process that ends without unwinding, because Ctrl-C was
/// pressed, calls ``removeAll()`` first.
public enum UnfinishedFiles {
    private static let paths = Mutex<Set<String>>([])

    /// Removes them all.
    ///
    /// Call it from an ordinary thread, such as one that waits in `sigwait`; it takes a lock, so not from within a signal
    /// handler.
    public static func removeAll() {
        paths.withLock { paths in
            for path in paths { unlink(path) }
            paths.removeAll()
        }
    }

    static func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

    /// Strikes the file from the list; its name now stands for output, or for nothing.
    static func forget(_ path: String) { _ = paths.withLock { $0.remove(path) } }
}
