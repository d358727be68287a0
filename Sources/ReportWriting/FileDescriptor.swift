#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file of the operating system, closed when it goes.
struct FileDescriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { _ = Self.closeFile(number) }

    /// - Throws: the `errno` of `open`, as an ``OutputError``.
    static func open(_ path: String, flags: Int32, mode: mode_t = 0o666) throws(OutputError) -> FileDescriptor {
        while true {
            let number = openFile(path, flags | O_CLOEXEC, mode)
            if number >= 0 { return FileDescriptor(number) }
            if errno != EINTR { throw .opening(path, code: errno) }
        }
    }

    /// Writes all of `bytes`, in as many calls as the system wants. `path` is for the error only.
    func write(_ bytes: [UInt8], path: String) throws(OutputError) {
        let code: Int32 = bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = writeFile(number, UnsafeRawBufferPointer(rebasing: rest))
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno == EAGAIN {
                    // Somebody else made this descriptor non-blocking: wait until it takes more.
                    var wait = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                    poll(&wait, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
        if code != 0 { throw .writing(path, code: code) }
    }

    /// Returns when the bytes are on the disk. Devices and pipes have none to be on.
    func synchronize(path: String) throws(OutputError) {
        if fsync(number) != 0, errno != EINVAL, errno != ENOTSUP, errno != EROFS {
            throw .writing(path, code: errno)
        }
    }

    /// Closes now, so that an error that shows only on closing (network file systems) is seen.
    consuming func close(path: String) throws(OutputError) {
        let number = number
        discard self
        if Self.closeFile(number) != 0, errno != EINTR { throw .writing(path, code: errno) }
    }
}

// The methods above share their names with the calls they wrap.

private func writeFile(_ number: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    // Darwin refuses more than 2³¹ − 1 bytes a call.
    write(number, bytes.baseAddress, min(bytes.count, 1 << 30))
}

private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }

extension FileDescriptor {
    fileprivate static func closeFile(_ number: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.close(number)
        #elseif canImport(Musl)
            Musl.close(number)
        #elseif canImport(Darwin)
            Darwin.close(number)
        #endif
    }
}
