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
    /// Squares across the tables, which reach from −2 to 2.
    private static let across = 64
    private static let side = 4 / Double(across)
    /// Neighbors nearer than this in both directions are looked up by direction.
    private static let nearLimit = 0.125
    /// What touches by less than this is left to the exact arithmetic.
    private static let margin = 1e-5

    /// `farSure`, `farPossible`, `nearSure` and `nearPossible`, one behind the other.
    private let masks: [UInt64]

    private init() {
        let sectorStart = (0...Self.sectors).map { Double($0) * (2 * .pi / Double(Self.sectors)) }
        let direction = sectorStart.map { SIMD2<Double>(.cos($0), .sin($0)) }
        let middle = sectorStart.map { start -> SIMD2<Double> in
            let angle = start + .pi / Double(Self.sectors)
            return SIMD2(.cos(angle), .sin(angle))
        }
        let halfSector = Double.pi / Double(Self.sectors)
        let stretch = 1 + Self.tolerance

        func masks(_ holds: (_ square: [SIMD2<Double>], _ sector: Int) -> Bool) -> [UInt64] {
            (0..<Self.across * Self.across).map { index in
                let x = Double(index % Self.across) * Self.side - 2
                let y = Double(index / Self.across) * Self.side - 2
                let square = [
                    SIMD2(x, y), SIMD2(x + Self.side, y), SIMD2(x, y + Self.side), SIMD2(x + Self.side, y + Self.side),
                ]
                return (0..<Self.sectors).reduce(0) { holds(square, $1) ? $0 | 1 << UInt64($1) : $0 }
            }
        }
        // q·e − |q|²/2 is concave in q, so its least value over the square is at a corner; over a sector this short it
        // is at an end wherever it is positive.
        let farSure = masks { square, sector in
            square.allSatisfy { q in
                let squared = (q * q).sum()
                let needed = 0.5 * stretch * stretch * squared + Self.tolerance * squared.squareRoot() + Self.margin
                return (q * direction[sector]).sum() >= needed && (q * direction[sector + 1]).sum() >= needed
            }
        }
        let farPossible = masks { square, sector in
            let nearest = middle[sector].clamped(lowerBound: square[0], upperBound: square[3])
            let gap = middle[sector] - nearest
            return (gap * gap).sum().squareRoot() <= 1 + halfSector + 3 * Self.tolerance
        }
        // cos(half width) = |q| / 2 for the farthest neighbor that is looked up by direction. Squares in the middle are
        // never asked for: what is enlarged has a component from 1 to 2.
        let leastCosine = Self.nearLimit * 2.0.squareRoot() / 2 * stretch + Self.tolerance + Self.margin
        func directions(_ square: [SIMD2<Double>]) -> [SIMD2<Double>] {
            square.map { $0 / max((($0 * $0).sum()).squareRoot(), .leastNormalMagnitude) }
        }
        let nearSure = masks { square, sector in
            directions(square).allSatisfy { q in
                (q * direction[sector]).sum() >= leastCosine && (q * direction[sector + 1]).sum() >= leastCosine
            }
        }
        let nearPossible = masks { square, sector in
            directions(square).contains {
                ($0 * middle[sector]).sum() >= -(halfSector + 2 * Self.side + 2 * Self.tolerance)
            }
        }
        self.masks = farSure + farPossible + nearSure + nearPossible
    }

    /// Pointers into the table for the time of `body`.
    func withReader<Result>(_ body: (Reader) throws -> Result) rethrows -> Result {
        try masks.withUnsafeBufferPointer { try body(Reader(masks: $0)) }
    }

    struct Reader {
        fileprivate let masks: UnsafeBufferPointer<UInt64>

        private static let tableSize = SectorTable.across * SectorTable.across
        /// Steps to a table's half width, and to the side of a square of the far table.
        private static let half = 2 * DiscOffset.radius
        private static let squareShift: Int64 = 20
        private static let near = DiscOffset.radius >> 3
        /// Steps from which on a direction has digits enough.
        private static let fewest: UInt64 = 4096

        @inline(__always)
        func sure(_ offset: DiscOffset) -> UInt64 {
            guard isInside(offset) else { return 0 }
            if isNear(offset) { return nearSure(offset) }
            return masks[index(offset, shift: Self.squareShift)]
        }

        /// Called for few.
        private func nearSure(_ offset: DiscOffset) -> UInt64 {
            let larger = max(offset.east.magnitude, offset.north.magnitude)
            guard larger >= Self.fewest else { return 0 }
            return masks[2 * Self.tableSize + index(offset, shift: Self.shift(larger))]
        }

        @inline(__always)
        func possible(_ offset: DiscOffset) -> UInt64 {
            guard isInside(offset) else {
                // Offsets may look a little too far away: at the rim of the table the answer is "perhaps".
                let larger = max(offset.east.magnitude, offset.north.magnitude)
                return larger < UInt64(Self.half + Self.half / 64) ? ~0 : 0
            }
            if isNear(offset) { return nearPossible(offset) }
            return masks[Self.tableSize + index(offset, shift: Self.squareShift)]
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
