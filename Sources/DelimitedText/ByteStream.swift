/// Bytes that arrive one after the other. A stream is used by one thread at a time.
protocol ByteStream: AnyObject {
    /// Fills the front of `memory` and returns how many bytes came; 0 only at the end.
    func read(into memory: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}

extension ByteStream {
    /// Reads until `buffer` holds `target` bytes or the stream ends. Returns whether it ended.
    func fill(_ buffer: inout ByteBuffer, to target: Int) throws(InputError) -> Bool {
        buffer.reserve(target)
        while buffer.count < target {
            let free = UnsafeMutableRawBufferPointer(start: buffer.base + buffer.count, count: target - buffer.count)
            let got = try read(into: free)
            if got == 0 { return true }
            buffer.count += got
        }
        return false
    }
}

/// Where the bytes of an input come from first, before they are unpacked and transcoded.
protocol ByteSource: ByteStream {
    /// What the user calls it.
    var name: String { get }
    /// Its size if that is known beforehand.
    var expectedSize: Int? { get }
    var bytesRead: Int { get }
    /// SHA-256 of all bytes read, in hexadecimal. Asked for once, at the end.
    func digest() -> String
}

/// Bytes in memory.
final class MemoryByteStream: ByteSource {
    let name: String
    private let bytes: [UInt8]
    private(set) var bytesRead = 0

    init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
    }

    var expectedSize: Int? { bytes.count }

    func read(into memory: UnsafeMutableRawBufferPointer) -> Int {
        let length = min(memory.count, bytes.count - bytesRead)
        memory.copyBytes(from: bytes[bytesRead..<bytesRead + length])
        bytesRead += length
        return length
    }

    func digest() -> String {
        let hash = ContentHash()
        bytes.withUnsafeBytes { hash.update($0) }
        return hash.finish()
    }
}

/// Bytes that were read ahead, then the rest of the stream they came from.
final class RewoundByteStream: ByteStream {
    private let ahead: [UInt8]
    private var position = 0
    private let rest: any ByteStream

    init(_ ahead: [UInt8], then rest: any ByteStream) {
        self.ahead = ahead
        self.rest = rest
    }

    func read(into memory: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        guard position < ahead.count else { return try rest.read(into: memory) }
        let length = min(memory.count, ahead.count - position)
        memory.copyBytes(from: ahead[position..<position + length])
        position += length
        return length
    }
}
