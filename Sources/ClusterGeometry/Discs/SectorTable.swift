import RealModule

/// Which of 64 sectors of a circle a neighbor of the same radius covers, looked up by where the neighbor lies.
///
/// With the circle's center at the origin, its radius 1, and the neighbor's center q, the point e(θ) is covered when
/// |e(θ) − q| ≤ 1. The answers hold for a whole square of offsets q: `sure` has the sectors covered for every q in it,
/// `possible` those touched for some. A disc all of whose sectors are surely covered is covered, and most are, after a
/// dozen lookups and no trigonometry.
///
/// Close neighbors (nearer than an eighth of the radius in east and north) are looked up by direction alone: at any such
/// distance they cover almost half of the circle. Without that, thousands of sites in one mall would see nothing of each
/// other.
struct SectorTable {
    static let shared = SectorTable()

    static let sectors = 64
    /// Neighbors nearer than this in both directions are looked up by direction.
    private static let nearLimit = 0.125
    /// Squares per radius, and squares across the table of offsets −2..<2.
    private static let perRadius = 16
    private static let across = 4 * perRadius
    /// Squares across the table of directions −1...1, scaled so that the larger of the two is ±1.
    private static let nearAcross = 2 * perRadius + 1
    /// Angles are rounded, and on the sphere offsets a little too: what touches by less than this is left to the exact
    /// arithmetic.
    private static let margin = 1e-5
    /// How much too far away an offset may look (``DiscSurface/offset(from:to:)``), and rounding.
    private static let offsetSlack = 0.01

    private let farSure: [UInt64]
    private let farPossible: [UInt64]
    private let nearSure: [UInt64]
    private let nearPossible: [UInt64]

    private init() {
        let side = 1 / Double(Self.perRadius)
        let sectorStart = (0...Self.sectors).map { Double($0) * (2 * .pi / Double(Self.sectors)) }
        let direction = sectorStart.map { SIMD2<Double>(.cos($0), .sin($0)) }
        let middle = sectorStart.map { start -> SIMD2<Double> in
            let angle = start + .pi / Double(Self.sectors)
            return SIMD2(.cos(angle), .sin(angle))
        }
        let halfSector = Double.pi / Double(Self.sectors)

        func mask(_ holds: (Int) -> Bool) -> UInt64 {
            (0..<Self.sectors).reduce(0) { holds($1) ? $0 | 1 << UInt64($1) : $0 }
        }
        func corners(_ column: Int, _ row: Int, from lowest: Double) -> [SIMD2<Double>] {
            let x = lowest + Double(column) * side
            let y = lowest + Double(row) * side
            return [SIMD2(x, y), SIMD2(x + side, y), SIMD2(x, y + side), SIMD2(x + side, y + side)]
        }

        var sure: [UInt64] = []
        var possible: [UInt64] = []
        for row in 0..<Self.across {
            for column in 0..<Self.across {
                let square = corners(column, row, from: -2)
                // q·e − |q|²/2 is concave in q, so its least value over the square is at a corner; over a sector this
                // short it is at an end wherever it is positive.
                sure.append(
                    mask { sector in
                        square.allSatisfy { q in
                            let needed = 0.5 * (q * q).sum() + Self.margin
                            return (q * direction[sector]).sum() >= needed
                                && (q * direction[sector + 1]).sum() >= needed
                        }
                    })
                possible.append(
                    mask { sector in
                        let nearest = middle[sector].clamped(lowerBound: square[0], upperBound: square[3])
                        let gap = middle[sector] - nearest
                        return (gap * gap).sum().squareRoot() <= 1 + halfSector + Self.offsetSlack
                    })
            }
        }
        farSure = sure
        farPossible = possible

        sure = []
        possible = []
        // cos(half width) = |q| / 2 for the farthest neighbor that is looked up by direction.
        let leastCosine = Self.nearLimit * 2.0.squareRoot() / 2 + Self.margin
        for row in 0..<Self.nearAcross {
            for column in 0..<Self.nearAcross {
                let directions = corners(column, row, from: -1).map { $0 / ($0 * $0).sum().squareRoot() }
                sure.append(
                    mask { sector in
                        directions.allSatisfy { q in
                            (q * direction[sector]).sum() >= leastCosine
                                && (q * direction[sector + 1]).sum() >= leastCosine
                        }
                    })
                possible.append(
                    mask { sector in
                        directions.contains { ($0 * middle[sector]).sum() >= -(halfSector + 2 * side) }
                    })
            }
        }
        nearSure = sure
        nearPossible = possible
    }

    /// Pointers into the table for the time of `body`.
    func withReader<Result>(_ body: (Reader) -> Result) -> Result {
        farSure.withUnsafeBufferPointer { farSure in
            farPossible.withUnsafeBufferPointer { farPossible in
                nearSure.withUnsafeBufferPointer { nearSure in
                    nearPossible.withUnsafeBufferPointer { nearPossible in
                        body(
                            Reader(
                                farSure: farSure, farPossible: farPossible, nearSure: nearSure,
                                nearPossible: nearPossible))
                    }
                }
            }
        }
    }

    struct Reader {
        fileprivate let farSure: UnsafeBufferPointer<UInt64>
        fileprivate let farPossible: UnsafeBufferPointer<UInt64>
        fileprivate let nearSure: UnsafeBufferPointer<UInt64>
        fileprivate let nearPossible: UnsafeBufferPointer<UInt64>

        /// Whether an offset is looked up by direction; the caller rules out coincident centers first.
        @inline(__always)
        func isNear(_ east: Double, _ north: Double) -> Bool {
            max(abs(east), abs(north)) < SectorTable.nearLimit
        }

        @inline(__always)
        func sure(_ east: Double, _ north: Double) -> UInt64 {
            let larger = max(abs(east), abs(north))
            guard larger < 2 else { return 0 }
            return larger < SectorTable.nearLimit
                ? nearSure[nearIndex(east / larger, north / larger)] : farSure[farIndex(east, north)]
        }

        @inline(__always)
        func possible(_ east: Double, _ north: Double) -> UInt64 {
            let larger = max(abs(east), abs(north))
            // Offsets may look a little too far away: at the rim of the table the answer is "perhaps".
            guard larger < 2 else { return larger < 2 + SectorTable.offsetSlack ? ~0 : 0 }
            if larger == 0 { return ~0 }
            return larger < SectorTable.nearLimit
                ? nearPossible[nearIndex(east / larger, north / larger)] : farPossible[farIndex(east, north)]
        }

        @inline(__always)
        private func farIndex(_ east: Double, _ north: Double) -> Int {
            let scale = Double(SectorTable.perRadius)
            return Int((north + 2) * scale) * SectorTable.across + Int((east + 2) * scale)
        }

        @inline(__always)
        private func nearIndex(_ east: Double, _ north: Double) -> Int {
            let scale = Double(SectorTable.perRadius)
            return Int((north + 1) * scale) * SectorTable.nearAcross + Int((east + 1) * scale)
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
