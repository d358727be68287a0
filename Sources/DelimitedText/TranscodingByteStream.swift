/// Another encoding turned into UTF-8 on the way, so that everything after it knows UTF-8 only.
///
/// What UTF-16 cannot mean (half a surrogate pair, an odd last byte) becomes the byte FF, which is never valid UTF-8: the
/// row that holds it is then rejected like any other with bad bytes.
final class TranscodingByteStream: ByteStream {
    private static let chunk = 1 << 16
    /// No unit of the source becomes more bytes than this: three for two bytes of UTF-16, three for one of Windows-1252.
    private static let growth = 3

    private let source: any ByteStream
    private let encoding: TextEncoding
    private let input: UnsafeMutableRawBufferPointer
    private let output: UnsafeMutablePointer<UInt8>
    private var outputStart = 0
    private var outputEnd = 0
    /// Source bytes of a character that is not complete yet, at the front of `input`.
    private var held = 0
    private var ended = false

    init(_ source: any ByteStream, from encoding: TextEncoding) {
        self.source = source
        self.encoding = encoding
        input = .allocate(byteCount: Self.chunk, alignment: 16)
        output = .allocate(capacity: Self.growth * Self.chunk + 16)
    }

    deinit {
        input.deallocate()
        output.deallocate()
    }

    func read(into memory: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        while outputStart == outputEnd {
            if ended { return 0 }
            try transcodeNext()
        }
        let length = min(memory.count, outputEnd - outputStart)
        memory.copyMemory(from: UnsafeRawBufferPointer(start: output + outputStart, count: length))
        outputStart += length
        return length
    }

    private func transcodeNext() throws(InputError) {
        let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: input[held...]))
        ended = got == 0
        outputStart = 0
        outputEnd = 0
        let available = UnsafeRawBufferPointer(rebasing: input[..<(held + got)])
        let used: Int
        switch encoding {
        case .utf8:
            output.update(from: available.bindMemory(to: UInt8.self).baseAddress ?? UnsafePointer(output), count: got)
            (outputEnd, used) = (got, got)
        case .latin1:
            used = transcodeSingleBytes(available) { UInt32($0) }
        case .windows1252:
            used = transcodeSingleBytes(available) { byte in
                0x80...0x9F ~= byte ? Self.windows1252[Int(byte) - 0x80] : UInt32(byte)
            }
        case .utf16, .utf16LittleEndian:
            used = transcodeUTF16(available) { UInt16($0) | UInt16($1) << 8 }
        case .utf16BigEndian:
            used = transcodeUTF16(available) { UInt16($0) << 8 | UInt16($1) }
        }
        held = available.count - used
        if held > 0 { input.copyMemory(from: UnsafeRawBufferPointer(rebasing: available[used...])) }
    }

    @inline(__always)
    private func transcodeSingleBytes(_ bytes: UnsafeRawBufferPointer, scalar: (UInt8) -> UInt32) -> Int {
        var i = 0
        while i < bytes.count {
            if i + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)
                if word & 0x8080_8080_8080_8080 == 0 {
                    UnsafeMutableRawPointer(output + outputEnd).storeBytes(of: word, as: UInt64.self)
                    outputEnd += 8
                    i += 8
                    continue
                }
            }
            append(scalar(bytes[i]))
            i += 1
        }
        return bytes.count
    }

    private func transcodeUTF16(_ bytes: UnsafeRawBufferPointer, unit: (UInt8, UInt8) -> UInt16) -> Int {
        var i = 0
        while i + 1 < bytes.count {
            let first = unit(bytes[i], bytes[i + 1])
            switch first {
            case 0xD800...0xDBFF:
                guard i + 3 < bytes.count else {
                    guard ended else { return i }
                    appendInvalid()
                    i += 2
                    continue
                }
                let second = unit(bytes[i + 2], bytes[i + 3])
                guard 0xDC00...0xDFFF ~= second else {
                    appendInvalid()
                    i += 2
                    continue
                }
                append(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
                i += 4
            case 0xDC00...0xDFFF:
                appendInvalid()
                i += 2
            default:
                append(UInt32(first))
                i += 2
            }
        }
        if ended, i < bytes.count {
            appendInvalid()
            i = bytes.count
        }
        return i
    }

    private func appendInvalid() {
        output[outputEnd] = 0xFF
        outputEnd += 1
    }

    @inline(__always)
    private func append(_ scalar: UInt32) {
        let target = output + outputEnd
        switch scalar {
        case 0..<0x80:
            target[0] = UInt8(scalar)
            outputEnd += 1
        case 0x80..<0x800:
            target[0] = UInt8(0xC0 | scalar >> 6)
            target[1] = UInt8(0x80 | scalar & 0x3F)
            outputEnd += 2
        case 0x800..<0x10000:
            target[0] = UInt8(0xE0 | scalar >> 12)
            target[1] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[2] = UInt8(0x80 | scalar & 0x3F)
            outputEnd += 3
        default:
            target[0] = UInt8(0xF0 | scalar >> 18)
            target[1] = UInt8(0x80 | scalar >> 12 & 0x3F)
            target[2] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[3] = UInt8(0x80 | scalar & 0x3F)
            outputEnd += 4
        }
    }

    /// Bytes 80 to 9F of Windows-1252 as the WHATWG Encoding Standard maps them; the five undefined ones stay controls.
    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
        0x9D,
        0x017E, 0x0178,
    ]
}
