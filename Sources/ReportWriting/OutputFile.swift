import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that appears whole or not at all.
///
///     let output = try OutputFile(path: "clusters.geojson")
///     try ReportDocument.geoJSON(report).write(to: output)
///     try output.commit()
///
/// The bytes go to a temporary file in the same folder. ``commit()`` flushes it to the disk and gives it its name; until
/// then nothing is seen under that name, and an existing file keeps its content. Without a commit the temporary file is
/// removed when the value goes (and by ``UnfinishedFiles/removeAll()`` when the process is ended from outside).
///
/// Open it before long work: a missing folder or a file in the way then shows at once.
///
/// Devices and pipes, `/dev/stdout` and `/dev/fd/N` among them, are written to straight away.
public final class OutputFile: ByteSink {
    private struct State: ~Copyable {
        /// Nil once committed or discarded.
        var descriptor: FileDescriptor?
        /// The name the bytes have until they are whole; nil for devices and pipes.
        let temporaryPath: String?
        /// The final name, with symbolic links followed.
        let finalPath: String
    }

    /// The path as it was given.
    public let path: String
    private let overwrite: Bool
    private let state: Mutex<State>

    /// - Parameters:
    ///   - path: where the file is to appear.
    ///   - overwrite: whether a file that is there already may be replaced. Its permissions are kept.
    /// - Throws: ``OutputError/exists(path:)``, ``OutputError/cannotCreate(path:code:)``, or
    ///   ``OutputError/failed(path:code:)`` when the disk is full.
    public init(path: String, overwrite: Bool = false) throws(OutputError) {
        self.path = path
        self.overwrite = overwrite
        if let number = Self.inheritedDescriptor(path) {
            state = Mutex(try Self.duplicate(number, path: path))
            return
        }
        var status = stat()
        let exists = stat(path, &status) == 0
        switch status.st_mode & S_IFMT {
        case S_IFDIR where exists:
            throw .cannotCreate(path: path, code: EISDIR)
        case S_IFREG where exists:
            guard overwrite else { throw .exists(path: path) }
            let finalPath = Self.resolved(path)
            state = Mutex(try Self.temporary(beside: finalPath, path: path, mode: status.st_mode & 0o7777))
        default:
            if exists {
                let descriptor = try FileDescriptor.open(path, flags: O_WRONLY)
                state = Mutex(State(descriptor: consume descriptor, temporaryPath: nil, finalPath: path))
            } else {
                state = Mutex(try Self.temporary(beside: path, path: path, mode: nil))
            }
        }
    }

    private init(standardOutput: consuming sending State) {
        path = "standard output"
        overwrite = false
        state = Mutex(standardOutput)
    }

    /// Standard output. A reader that has gone shows as ``OutputError/closedPipe``, provided that the process ignores
    /// `SIGPIPE`.
    public static func standardOutput() throws(OutputError) -> OutputFile {
        OutputFile(standardOutput: try duplicate(STDOUT_FILENO, path: "standard output"))
    }

    deinit { discard() }

    /// Appends bytes to the file that is to appear.
    public func write(_ bytes: [UInt8]) throws(OutputError) {
        try state.withLock { state throws(OutputError) in
            precondition(state.descriptor != nil, "written to after commit or discard")
            try state.descriptor?.write(bytes, path: path)
        }
    }

    /// Flushes what was written to the disk and lets the file appear under its name.
    ///
    /// - Throws: ``OutputError``; the temporary file is then removed and the name is as it was before.
    public func commit() throws(OutputError) {
        try state.withLock { state throws(OutputError) in
            guard let descriptor = state.descriptor.take() else { return }
            guard let temporaryPath = state.temporaryPath else { return try descriptor.close(path: path) }
            defer {
                unlink(temporaryPath)
                UnfinishedFiles.forget(temporaryPath)
            }
            try descriptor.synchronize(path: path)
            try descriptor.close(path: path)
            try rename(temporaryPath, to: state.finalPath)
            Self.synchronizeFolder(of: state.finalPath)
        }
    }

    /// Gives up: removes the temporary file and leaves the name as it was. Does nothing after ``commit()``.
    public func discard() {
        state.withLock { state in
            guard state.descriptor.take() != nil, let temporaryPath = state.temporaryPath else { return }
            unlink(temporaryPath)
            UnfinishedFiles.forget(temporaryPath)
        }
    }

    private func rename(_ temporaryPath: String, to finalPath: String) throws(OutputError) {
        if !overwrite {
            // Unlike rename, link refuses a name that was taken meanwhile.
            if link(temporaryPath, finalPath) == 0 { return }
            if errno == EEXIST { throw .exists(path: path) }
            // The file system has no links: the check below is the best there is.
            var status = stat()
            if stat(finalPath, &status) == 0 { throw .exists(path: path) }
        }
        if renameFile(temporaryPath, finalPath) != 0 { throw .opening(path, code: errno) }
    }

    // MARK: - Opening

    /// The number in `/dev/stdout`, `/dev/stderr`, `/dev/fd/N` and `/proc/self/fd/N`: opening these anew would start a
    /// regular file behind them from its beginning.
    private static func inheritedDescriptor(_ path: String) -> Int32? {
        switch path {
        case "/dev/stdout": return STDOUT_FILENO
        case "/dev/stderr": return STDERR_FILENO
        default:
            for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
                return Int32(path.dropFirst(folder.count))
            }
            return nil
        }
    }

    private static func duplicate(_ number: Int32, path: String) throws(OutputError) -> State {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw .cannotCreate(path: path, code: errno) }
        return State(descriptor: FileDescriptor(copy), temporaryPath: nil, finalPath: path)
    }

    private static func temporary(
        beside finalPath: String, path: String, mode: mode_t?
    ) throws(OutputError) -> State {
        let folder = folder(of: finalPath)
        while true {
            let name = ".firmclusters-\(getpid())-\(UInt64.random(in: 0 ... .max)).partial"
            let temporaryPath = folder.isEmpty ? name : "\(folder)/\(name)"
            // On the list first, so that an interruption between the two lines leaves nothing behind.
            UnfinishedFiles.add(temporaryPath)
            do {
                let descriptor = try FileDescriptor.open(temporaryPath, flags: O_WRONLY | O_CREAT | O_EXCL)
                if let mode { fchmod(descriptor.number, mode) }
                return State(
                    descriptor: consume descriptor, temporaryPath: temporaryPath, finalPath: finalPath)
            } catch {
                UnfinishedFiles.forget(temporaryPath)
                switch error {
                case .exists: continue
                case .cannotCreate(_, let code): throw .cannotCreate(path: path, code: code)
                case .failed(_, let code): throw .failed(path: path, code: code)
                case .closedPipe: throw error
                }
            }
        }
    }

    /// The file itself, where `path` is a symbolic link to it: replacing the link would leave the file as it was.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The part before the last slash; empty for the working folder.
    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the new name itself last. Not every file system can; the file is whole either way.
    private static func synchronizeFolder(of path: String) {
        let folder = folder(of: path)
        guard let descriptor = try? FileDescriptor.open(folder.isEmpty ? "." : folder, flags: O_RDONLY) else { return }
        fsync(descriptor.number)
    }
}

private func renameFile(_ from: String, _ to: String) -> Int32 { rename(from, to) }
