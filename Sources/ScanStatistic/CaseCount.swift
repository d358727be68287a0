import CScanKernels

/// What cases are counted with: as few bits as will do, since several counts are compared at once. The largest value stands for
/// "never".
protocol CaseCount: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, SendableMetatype {
    /// Whether some count is at least as large as its limit.
    ///
    /// - Parameter count: a multiple of 16.
    static func anyReaches(_ counts: UnsafePointer<Self>, _ limits: UnsafePointer<Self>, count: Int) -> Bool

    /// Counts firms in all labellings of their rows.
    ///
    /// - Parameter firms: followed by some numbers of firms whose rows are fetched ahead of time.
    static func count(
        _ firms: UnsafePointer<Int32>, _ firmCount: Int, places: UnsafePointer<UInt16>, lanes: Int,
        in counts: UnsafeMutablePointer<Self>)
}

// One by one for each type: in generic code, vectors are compared one lane at a time.

extension UInt16: CaseCount {
    @inline(__always)
    static func anyReaches(_ counts: UnsafePointer<Self>, _ limits: UnsafePointer<Self>, count: Int) -> Bool {
        let (counts, limits) = (UnsafeRawPointer(counts), UnsafeRawPointer(limits))
        var reached = SIMDMask<SIMD8<Int16>>(repeating: false)
        for offset in stride(from: 0, to: 2 * count, by: 16) {
            reached .|= counts.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt16>.self)
                .>= limits.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt16>.self)
        }
        return any(reached)
    }

    static func count(
        _ firms: UnsafePointer<Int32>, _ firmCount: Int, places: UnsafePointer<UInt16>, lanes: Int,
        in counts: UnsafeMutablePointer<Self>
    ) { count_rows_16(counts, places, lanes, firms, firmCount) }
}

extension UInt32: CaseCount {
    @inline(__always)
    static func anyReaches(_ counts: UnsafePointer<Self>, _ limits: UnsafePointer<Self>, count: Int) -> Bool {
        let (counts, limits) = (UnsafeRawPointer(counts), UnsafeRawPointer(limits))
        var reached = SIMDMask<SIMD4<Int32>>(repeating: false)
        for offset in stride(from: 0, to: 4 * count, by: 16) {
            reached .|= counts.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self)
                .>= limits.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self)
        }
        return any(reached)
    }

    static func count(
        _ firms: UnsafePointer<Int32>, _ firmCount: Int, places: UnsafePointer<UInt16>, lanes: Int,
        in counts: UnsafeMutablePointer<Self>
    ) { count_rows_32(counts, places, lanes, firms, firmCount) }
}

extension UInt64: CaseCount {
    @inline(__always)
    static func anyReaches(_ counts: UnsafePointer<Self>, _ limits: UnsafePointer<Self>, count: Int) -> Bool {
        for index in 0..<count where counts[index] >= limits[index] { return true }
        return false
    }
    static func count(
        _ firms: UnsafePointer<Int32>, _ firmCount: Int, places: UnsafePointer<UInt16>, lanes: Int,
        in counts: UnsafeMutablePointer<Self>
    ) {
        for index in 0..<firmCount {
            let row = places + Int(firms[index]) * lanes
            for lane in 0..<lanes { counts[Int(row[lane])] &+= 1 }
        }
    }
}
