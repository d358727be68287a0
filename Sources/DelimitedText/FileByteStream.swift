#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes of a file or of standard input as they are there, hashed as they pass by.
final class FileByteStream: ByteSource {
    let name: String
    /// The size of a plain file.
    let expectedSize: Int?
    private(set) var bytesRead = 0
    private let hash = ContentHash()
    private let descriptor: Int32

    /// - Parameter path: `-` for standard input.
    init(path: String) throws(InputError) {
        name = path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.cannotOpen(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let reason = errno
            if path != "-" { close(descriptor) }
            throw Self.cannotOpen(path, reason)
        }
        let kind = status.st_mode & S_IFMT
        expectedSize = kind == S_IFREG ? Int(status.st_size) : nil
        if kind == S_IFDIR {
            if path != "-" { close(descriptor) }
            throw Self.isFolder(path)
        }
        #if !canImport(Darwin)
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        #endif
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

    func read(into memory: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        while true {
            #if canImport(Darwin)
                let got = Darwin.read(descriptor, memory.baseAddress, memory.count)
            #elseif canImport(Musl)
                let got = Musl.read(descriptor, memory.baseAddress, memory.count)
            #else
                let got = Glibc.read(descriptor, memory.baseAddress, memory.count)
            #endif
            if got >= 0 {
                bytesRead += got
                hash.update(UnsafeRawBufferPointer(rebasing: memory[..<got]))
                return got
            }
            let reason = errno
            if reason == EINTR { continue }
            throw InputError(
                reason == EBADF ? .noInput : .inputOutput, file: name,
                "cannot be read after byte \(bytesRead): \(Self.text(of: reason))")
        }
    }

    /// The size of a plain file, nil for others; opens nothing, since a pipe opened twice is a pipe lost.
    static func expectedSize(path: String) throws(InputError) -> Int? {
        guard path != "-" else { return nil }
        var status = stat()
        guard stat(path, &status) == 0, access(path, R_OK) == 0 else { throw cannotOpen(path, errno) }
        let kind = status.st_mode & S_IFMT
        if kind == S_IFDIR { throw isFolder(path) }
        return kind == S_IFREG ? Int(status.st_size) : nil
    }

    func digest() -> String { hash.finish() }

    private static func cannotOpen(_ path: String, _ reason: Int32) -> InputError {
        InputError(.noInput, file: path, "cannot be opened: \(text(of: reason))")
    }

    private static func isFolder(_ path: String) -> InputError {
        InputError(.noInput, file: path, "is a folder; name the files in it")
    }

    private static func text(of reason: Int32) -> String { String(cString: strerror(reason)) }
}
