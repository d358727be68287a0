import FirmClusters
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard error, one line at a time: messages, warnings, and a progress line that makes way for them.
final class Console: Sendable {
    static let standard = Console()

    private struct State {
        var isQuiet = false
        /// The progress line on the screen; empty when there is none.
        var progressLine = ""
    }

    private let state = Mutex(State())

    static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
    static var standardOutputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// The width of the terminal in characters; 100 when it is not known.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
        return Int(size.ws_col)
    }

    func silence() { state.withLock { $0.isQuiet = true } }

    /// Says something unless told to be quiet.
    func note(_ text: String) { write(text, evenIfQuiet: false) }

    func warning(_ text: String) { write("warning: \(text)", evenIfQuiet: false) }

    func error(_ text: String) { write("error: \(text)", evenIfQuiet: true) }

    /// Replaces the progress line; an empty one takes it away.
    func progress(_ line: String) {
        state.withLock { state in
            guard !state.isQuiet, line != state.progressLine else { return }
            state.progressLine = line
            Self.put("\r\u{1B}[K" + line)
        }
    }

    private func write(_ text: String, evenIfQuiet: Bool) {
        state.withLock { state in
            guard evenIfQuiet || !state.isQuiet else { return }
            if !state.progressLine.isEmpty {
                Self.put("\r\u{1B}[K")
                state.progressLine = ""
            }
            Self.put("firmclusters: \(text)\n")
        }
    }

    private static func put(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { writeBytes(STDERR_FILENO, $0.baseAddress, $0.count) }
            // Nobody can be told that standard error is gone.
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
