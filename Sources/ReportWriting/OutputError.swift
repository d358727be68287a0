#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why output could not be written.
public enum OutputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is a file already, and overwriting was not allowed.
    case exists(path: String)
    /// The file cannot be made: its folder is missing or read-only, or it is a folder itself. `code` is an `errno`.
    case cannotCreate(path: String, code: Int32)
    /// Writing failed half way, for example because the disk is full. `code` is an `errno`.
    case failed(path: String, code: Int32)
    /// Whoever read the output has closed it: not a failure, only nobody wants more.
    case closedPipe

    /// Sorts an error of `open`: a full disk is a failure of writing even when it shows on opening.
    static func opening(_ path: String, code: Int32) -> OutputError {
        switch code {
        case ENOSPC, EDQUOT, EIO: .failed(path: path, code: code)
        case EEXIST: .exists(path: path)
        default: .cannotCreate(path: path, code: code)
        }
    }

    static func writing(_ path: String, code: Int32) -> OutputError {
        code == EPIPE ? .closedPipe : .failed(path: path, code: code)
    }

    public var description: String {
        switch self {
        case .exists(let path): "\(path) exists already; --force overwrites it"
        case .cannotCreate(let path, let code): "cannot create \(path): \(Self.message(code))"
        case .failed(let path, let code): "cannot write \(path): \(Self.message(code))"
        case .closedPipe: "the reader of the output has closed it"
        }
    }

    private static func message(_ code: Int32) -> String {
        var text = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
