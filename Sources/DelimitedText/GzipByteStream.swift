import CZlib

/// What gzip members hold, one member after the other (RFC 1952), inflated as it is asked for.
final class GzipByteStream: ByteStream {
    private static let inputCapacity = 1 << 18

    private let name: String
    private let compressed: any ByteStream
    private let input: UnsafeMutableRawBufferPointer
    private let stream: UnsafeMutablePointer<z_stream>
    private var inputEnded = false
    /// Between members: the next byte, if any, starts another one.
    private var atMemberEnd = false
    /// Compressed bytes taken from `compressed`, those still in `input` included.
    private var taken = 0

    init(_ compressed: any ByteStream, name: String) throws(InputError) {
        self.name = name
        self.compressed = compressed
        input = .allocate(byteCount: Self.inputCapacity, alignment: 16)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, plus 16: expect a gzip header. Returns Z_OK on success.
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw InputError(.inputOutput, file: name, "gzip cannot be read: zlib \(ZLIB_VERSION) refuses to start")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    static func isGzip(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B, 0x08]) }

    func read(into memory: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        let wanted = min(memory.count, 1 << 30)
        stream.pointee.next_out = memory.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(wanted)
        while stream.pointee.avail_out == wanted {
            if stream.pointee.avail_in == 0, !inputEnded { try refill() }
            if atMemberEnd {
                guard try startNextMember() else { return 0 }
                continue
            }
            if stream.pointee.avail_in == 0, inputEnded {
                throw damaged("is cut off", advice: "copy or download it again")
            }
            // returns Z_OK, Z_STREAM_END, or Z_BUF_ERROR when it only lacks input
            switch inflate(stream, Z_NO_FLUSH) {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: atMemberEnd = true
            default:
                let detail = stream.pointee.msg.map { String(cString: $0) } ?? "invalid data"
                throw damaged("is damaged (\(detail))", advice: "copy or download it again")
            }
        }
        return wanted - Int(stream.pointee.avail_out)
    }

    private func refill() throws(InputError) {
        let got = try compressed.read(into: input)
        inputEnded = got == 0
        taken += got
        stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_in = UInt32(got)
    }

    /// Whether another member follows. Zero bytes after the last one are padding, as `gzip` has it.
    private func startNextMember() throws(InputError) -> Bool {
        while true {
            if stream.pointee.avail_in == 0 {
                if inputEnded { return false }
                try refill()
                continue
            }
            guard let next = stream.pointee.next_in, next.pointee == 0 else { break }
            stream.pointee.next_in = next + 1
            stream.pointee.avail_in -= 1
        }
        // returns Z_OK on success; keeps next_in and avail_in
        guard inflateReset(stream) == Z_OK else { throw damaged("cannot be continued", advice: "unpack it first") }
        atMemberEnd = false
        return true
    }

    private func damaged(_ what: String, advice: String) -> InputError {
        let offset = taken - Int(stream.pointee.avail_in)
        return InputError(.badData, file: name, "the gzip data \(what) at byte \(offset); \(advice)")
    }
}
