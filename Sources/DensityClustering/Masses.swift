import SpatialIndex

/// The weights of sites as whole numbers of a unit, so that sums are exact in any order: which of several spanning trees was
/// found must not decide whether a cluster is large enough.
struct Masses: Sendable {
    /// Units in a weight of 1, a power of two.
    private let scale: Double
    /// By index in the subset; empty when all weigh 1.
    private let units: [Int64]
    /// What sums can lack because weights were rounded to units.
    private let slack: Int64
    let count: Int

    init(_ subset: SiteSubset) throws(DensityClusteringError) {
        count = subset.count
        guard !subset.amounts.isEmpty else {
            (scale, slack) = (1, 0)
            units = subset.counts.map { Int64($0) }
            return
        }
        if let bad = subset.amounts.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) { throw .badWeight(index: bad) }
        // All together stay below 2⁶¹; down to 2⁻⁴⁰, weights keep all their digits while the total is below 2²¹.
        let total = subset.amounts.reduce(0, +)
        if !total.isFinite, let largest = subset.amounts.indices.max(by: { subset.amounts[$0] < subset.amounts[$1] }) {
            throw .badWeight(index: largest)
        }
        let scale = Double(sign: .plus, exponent: min(40, 60 - (total > 0 ? total.exponent : 0)), significand: 1)
        self.scale = scale
        units = subset.amounts.map { Int64(($0 * scale).rounded()) }
        let isExact = zip(subset.amounts, units).allSatisfy { Double($1) == $0 * scale }
        slack = isExact ? 0 : Int64(subset.count / 2 + 1)
    }

    /// The units of a site.
    subscript(index: Int) -> Int64 { units.isEmpty ? 1 : units[index] }
    /// The weight that units stand for.
    func weight(_ units: Int64) -> Double { Double(units) / scale }
    /// The least units that weigh as much.
    func units(reaching weight: Double) -> Int64 { Int64(min((weight * scale).rounded(.up), 4e18)) - slack }
}
