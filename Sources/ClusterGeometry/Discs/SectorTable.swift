import RealModule

/// Which of 64 sectors of a circle a neighbor of the same radius covers, looked up by where the neighbor lies.
///
/// With the circle's center at the origin, its radius 1, and the neighbor's center q, the point e(θ) is covered when
/// |e(θ) − q| ≤ 1. The answers hold for a whole square of offsets q: `sure` has the sectors covered for every q in it,
/// `possible` those touched for some. A disc all of whose sectors are surely covered is covered, and most are, after a
/// dozen lookups and no trigonometry.
///
/// Close neighbors (nearer than an eighth of the radius in east and north) are looked up by direction alone, enlarged by
/// a power of two: at any such distance they cover almost half of the circle. Without that, thousands of sites in one
/// mall would see nothing of each other.
struct SectorTable {
    static let shared = SectorTable()

    static let sectors = 64
    /// How far off an offset may be, as a share of its length: maps are not quite true.
    static let tolerance = 0.008
    /// Squares across the tables, whose side is 2²⁰ steps.
    private static let across = 64
    private static let side = Double(1 << squareShift) / DiscOffset.perRadius
    private static let squareShift: Int64 = 20
    /// Neighbors nearer than this in both directions are looked up by direction.
    private static let nearLimit = 2 * side
    /// What touches by less than this is left to the exact arithmetic.
    private static let margin = 1e-5

    /// `farSure`, `farPossible`, `nearSure` and `nearPossible`, one behind the other.
    private let masks: [UInt64]
    /// The unit vectors in which sectors start.
    private let directions: [SIMD2<Double>]

    /// The corners of a square of offsets, lower left first, upper right last.
    private struct Square {
        var x: SIMD4<Double>
        var y: SIMD4<Double>

        func along(_ direction: SIMD2<Double>) -> SIMD4<Double> { x * direction.x + y * direction.y }

        mutating func normalize() {
            let length = (x * x + y * y).squareRoot()
            let perLength = 1 / pointwiseMax(length, SIMD4(repeating: .leastNormalMagnitude))
            x *= perLength
            y *= perLength
        }
    }

    private init() {
        let sectorStart = (0...Self.sectors).map { Double($0) * (2 * .pi / Double(Self.sectors)) }
        let direction = sectorStart.map { SIMD2<Double>(.cos($0), .sin($0)) }
        let middle = sectorStart.map { start -> SIMD2<Double> in
            let angle = start + .pi / Double(Self.sectors)
            return SIMD2(.cos(angle), .sin(angle))
        }
        let halfSector = Double.pi / Double(Self.sectors)
        let stretch = 1 + Self.tolerance

        func masks(_ prepare: (inout Square) -> Void = { _ in }, _ holds: (Square, _ sector: Int) -> Bool) -> [UInt64] {
            (0..<Self.across * Self.across).map { index in
                let x = Double(index % Self.across - Self.across / 2) * Self.side
                let y = Double(index / Self.across - Self.across / 2) * Self.side
                var square = Square(
                    x: SIMD4(x, x + Self.side, x, x + Self.side), y: SIMD4(y, y, y, y) + [0, 0, 1, 1] * Self.side)
                prepare(&square)
                var mask: UInt64 = 0
                for sector in 0..<Self.sectors where holds(square, sector) { mask |= 1 << UInt64(sector) }
                return mask
            }
        }
        // q·e − |q|²/2 is concave in q, so its least value over the square is at a corner; over a sector this short it
        // is at an end wherever it is positive.
        let farSure = masks { square, sector in
            let squared = square.x * square.x + square.y * square.y
            let needed =
                0.5 * stretch * stretch * squared + Self.tolerance * squared.squareRoot() + Self.margin
            return all(square.along(direction[sector]) .>= needed)
                && all(square.along(direction[sector + 1]) .>= needed)
        }
        let farPossible = masks { square, sector in
            let nearest = middle[sector].clamped(
                lowerBound: SIMD2(square.x[0], square.y[0]), upperBound: SIMD2(square.x[3], square.y[3]))
            let gap = middle[sector] - nearest
            return (gap * gap).sum().squareRoot() <= 1 + halfSector + 3 * Self.tolerance
        }
        // cos(half width) = |q| / 2 for the farthest neighbor that is looked up by direction. Squares in the middle are
        // never asked for: what is enlarged has a component from 1 to 2.
        let leastCosine = Self.nearLimit * 2.0.squareRoot() / 2 * stretch + Self.tolerance + Self.margin
        let nearSure = masks({ $0.normalize() }) { square, sector in
            all(square.along(direction[sector]) .>= leastCosine)
                && all(square.along(direction[sector + 1]) .>= leastCosine)
        }
        let nearPossible = masks({ $0.normalize() }) { square, sector in
            any(square.along(middle[sector]) .>= -(halfSector + 2 * Self.side + 2 * Self.tolerance))
        }
        self.masks = farSure + farPossible + nearSure + nearPossible
        self.directions = direction
    }

    /// Pointers into the table for the time of `body`.
    func withReader<Result>(_ body: (Reader) throws -> Result) rethrows -> Result {
        try masks.withUnsafeBufferPointer { masks in
            try directions.withUnsafeBufferPointer { try body(Reader(masks: masks, directions: $0)) }
        }
    }

    struct Reader {
        fileprivate let masks: UnsafeBufferPointer<UInt64>
        let directions: UnsafeBufferPointer<SIMD2<Double>>

        private static let tableSize = SectorTable.across * SectorTable.across
        /// Steps to a table's half width.
        private static let half: Int64 = 1 << (SectorTable.squareShift + 5)
        private static let near = half >> 4
        /// Steps from which on a direction has digits enough.
        private static let fewest: UInt64 = 4096

        /// Nil for what is no neighbor.
        @inline(__always)
        func sure(_ offset: DiscOffset) -> UInt64? {
            guard isInside(offset) else { return nil }
            if isNear(offset) { return nearSure(offset) }
            return masks[index(offset, shift: SectorTable.squareShift)]
        }

        /// Called for few.
        private func nearSure(_ offset: DiscOffset) -> UInt64 {
            let larger = max(offset.east.magnitude, offset.north.magnitude)
            guard larger >= Self.fewest else { return 0 }
            return masks[2 * Self.tableSize + index(offset, shift: Self.shift(larger))]
        }

        @inline(__always)
        func possible(_ offset: DiscOffset) -> UInt64 {
            guard isInside(offset) else { return 0 }
            if isNear(offset) { return nearPossible(offset) }
            return masks[Self.tableSize + index(offset, shift: SectorTable.squareShift)]
        }

        private func nearPossible(_ offset: DiscOffset) -> UInt64 {
            let larger = max(offset.east.magnitude, offset.north.magnitude)
            guard larger >= Self.fewest else { return ~0 }
            return masks[3 * Self.tableSize + index(offset, shift: Self.shift(larger))]
        }

        @inline(__always)
        private func isInside(_ offset: DiscOffset) -> Bool {
            UInt64(bitPattern: offset.east &+ Self.half) | UInt64(bitPattern: offset.north &+ Self.half)
                < UInt64(2 * Self.half)
        }

        @inline(__always)
        private func isNear(_ offset: DiscOffset) -> Bool {
            UInt64(bitPattern: offset.east &+ Self.near) | UInt64(bitPattern: offset.north &+ Self.near)
                < UInt64(2 * Self.near)
        }

        /// The shift that brings the larger component of an offset between 16 and 32 squares.
        @inline(__always)
        private static func shift(_ larger: UInt64) -> Int64 { Int64(63 - larger.leadingZeroBitCount) - 4 }

        @inline(__always)
        private func index(_ offset: DiscOffset, shift: Int64) -> Int {
            let half = Int64(SectorTable.across / 2)
            return Int(((offset.north &>> shift) &+ half) &<< 6 | ((offset.east &>> shift) &+ half))
        }
    }

    /// The sectors that the angles from `start` over `width` touch.
    static func sectors(from start: Double, width: Double) -> UInt64 {
        let perTurn = Double(sectors) / (2 * Double.pi)
        let first = Int(start * perTurn)
        let last = Int((start + width) * perTurn)
        guard last - first < sectors - 1 else { return ~0 }
        let bits: UInt64 = (1 << UInt64(last - first + 1)) &- 1
        let shift = UInt64(first % sectors)
        return bits << shift | (shift == 0 ? 0 : bits >> (64 - shift))
    }
}
