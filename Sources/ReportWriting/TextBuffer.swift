/// UTF-8 text under construction, as bytes: output is written as it is built, without a detour through `String`.
struct TextBuffer {
    /// The text, and beyond `count` room to grow into.
    private var storage: [UInt8] = []
    private(set) var count = 0

    init() {}

    init(_ text: StaticString) { append(text) }

    /// The text; the buffer is used up.
    consuming func finish() -> [UInt8] {
        storage.removeLast(storage.count - count)
        return storage
    }

    /// Appends what `fill` writes: at most `room` bytes from the address it is given on, up to the address it returns.
    mutating func append(
        room: Int, _ fill: (_ start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>
    ) {
        if storage.count - count < room {
            storage.append(contentsOf: [UInt8](repeating: 0, count: max(room, storage.count, 64)))
        }
        storage.withUnsafeMutableBufferPointer { storage in
            guard let base = storage.baseAddress else { return }
            count = fill(base + count) - base
        }
    }

    mutating func append(_ byte: UInt8) {
        append(room: 1) { start in
            start.pointee = byte
            return start + 1
        }
    }

    mutating func append(_ text: StaticString) {
        append(utf8: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(utf8 text: [UInt8]) { text.withUnsafeBufferPointer { append(utf8: $0) } }

    mutating func append(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        append(room: text.count) { start in
            start.update(from: source, count: text.count)
            return start + text.count
        }
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(utf8: $0) }
    }
}

extension UInt8 {
    static let comma = UInt8(ascii: ",")
    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let minus = UInt8(ascii: "-")
    static let point = UInt8(ascii: ".")
    static let zero = UInt8(ascii: "0")
}
