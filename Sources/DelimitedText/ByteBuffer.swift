/// Memory for a block of bytes, with room after the last one for line ends and for reading many bytes at a time.
struct ByteBuffer: ~Copyable {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    var count = 0

    static let padding = 128

    init(capacity: Int) {
        self.capacity = max(capacity, 64)
        base = .allocate(capacity: self.capacity + Self.padding)
        (base + self.capacity).initialize(repeating: 0, count: Self.padding)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    mutating func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        let larger = max(needed, capacity * 2)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.padding)
        memory.update(from: base, count: count)
        base.deallocate()
        base = memory
        capacity = larger
    }

    mutating func append(_ source: UnsafeBufferPointer<UInt8>) {
        guard let start = source.baseAddress else { return }
        reserve(count + source.count)
        (base + count).update(from: start, count: source.count)
        count += source.count
    }

    mutating func append(_ byte: UInt8) {
        reserve(count + 1)
        base[count] = byte
        count += 1
    }

    /// Gives the bytes after the last a value: searches read them eight at a time, and nothing follows from what they are.
    func clearPadding() {
        (base + count).update(repeating: 0, count: Self.padding)
    }

    /// Ends the last line, so that loops over fields need no bounds check.
    mutating func seal(with lineEnd: UInt8) {
        (base + count).update(repeating: lineEnd, count: Self.padding)
    }

    /// Drops bytes at the front.
    mutating func removeFirst(_ dropped: Int) {
        count -= dropped
        base.update(from: base + dropped, count: count)
    }
}
