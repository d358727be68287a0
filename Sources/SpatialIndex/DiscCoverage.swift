import CDistanceKernels
public import FirmModel
import RealModule

/// What discs of one radius around some sites cover, exactly: the sites within the radius of any of the centers.
///
/// Near a place the sphere is a plane whose x is squeezed by a factor known within bounds, from the latitudes of a few rows.
/// With these bounds, in the plane of the coordinates, a disc surely covers one interval of a row and possibly a slightly
/// wider one. The union of the sure intervals is covered without a look at its sites; only sites between the sure and the
/// possible union are measured, and only those within some meters of the rim of a disc by exact distance. Counting a
/// footprint so costs about its rim, not its area. ``DiscSweep`` does it.
public struct DiscCoverage: Sendable {
    let sites: Sites
    let rows: CoverageRows
    /// What counts as covered: the squared distance of the kernels.
    let limit: Double
    /// Centers further than this from a row in y cover none of its sites.
    let reach: Double
    // Squared radii in meters or degrees, a little too small and a little too large.
    let sureLimit: Double
    let possibleLimit: Double

    /// Displacements that rounding of coordinates, rows, intervals and unit vectors stands for stay below this, in
    /// meters or degrees.
    static func slack(_ metric: Metric) -> Double { metric == .plane ? 1e-6 : 1e-11 }

    /// The row height that suits a radius: half to a quarter of it, the same for all radii of an octave, so that one
    /// arrangement of the sites serves them.
    public static func rowHeight(for radius: Meters) -> Meters {
        Meters(Double(sign: .plus, exponent: (radius.value / 2).exponent, significand: 1))
    }

    /// A radius as far as it reaches: more than the whole sphere away is no further than the other side of it.
    public static func reach(_ radius: Meters, metric: Metric) -> Meters {
        metric == .sphere ? min(radius, Meters(Sphere.halfCircumference)) : radius
    }

    /// - Parameters:
    ///   - rows: all of `sites`, in rows of ``rowHeight(for:)``.
    ///   - radius: sites exactly this far from a center are covered.
    public init(of rows: CoverageRows, in sites: Sites, radius: Meters) {
        precondition(rows.count == sites.count, "coverage is found among all sites")
        self.sites = sites
        self.rows = rows
        limit = sites.metric.limit(for: radius)
        let slack = Self.slack(sites.metric)
        let (chord, arc) =
            switch sites.metric {
            case .plane: (radius.value, radius.value)
            case .sphere: (limit.squareRoot() * (180 / .pi), radius.value / Sphere.radius * (180 / .pi))
            }
        reach = arc * (1 + 1e-12) + slack
        let sure = chord * (1 - 1e-12) - slack
        sureLimit = sure > 0 ? sure * sure : -1
        let possible = chord * (1 + 1e-12) + slack
        possibleLimit = possible * possible
    }

    /// The rows, by index, that discs around `centers` may reach.
    public func rows(near centers: DiscCenters) -> Range<Int> {
        guard centers.count > 0 else { return 0..<0 }
        let height = rows.rowHeight
        let first = rows.rowNumbers.partitioningIndex { Double($0 + 1) * height >= centers.south - reach }
        let end = rows.rowNumbers.partitioningIndex { Double($0) * height > centers.north + reach }
        return first..<max(first, end)
    }

    /// Bounds of discs that are good for the rows between two latitudes (or for all rows of a plane), with the widest a disc
    /// can be to either side; nil where the ground is too curved for a plane: around the poles, and for radii of continents.
    func bounds(from bottom: Double, to top: Double) -> (discs: disc_bounds, widest: Double)? {
        guard sites.metric == .sphere else {
            let discs = disc_bounds(
                sure_limit: sureLimit, sure_stretch: 1, possible_limit: possibleLimit, possible_stretch: 1)
            return (discs, possibleLimit.squareRoot())
        }
        // The squared chord between two places is, with distances in radians,
        //     (2 sin Δφ/2)² + cos φ₁ cos φ₂ (2 sin Δλ/2)²   and   t (1 − t²/24) ≤ 2 sin t/2 ≤ t.
        let (rowCosines, centerCosines) = (
            Self.cosines(from: bottom, to: top), Self.cosines(from: bottom - reach, to: top + reach)
        )
        let smallest = rowCosines.smallest * centerCosines.smallest * (1 - 1e-12)
        let widestChord = possibleLimit * (.pi / 180) * (.pi / 180) / smallest
        guard smallest > 0, widestChord <= 0.25 else { return nil }
        // For chords up to 1/2 the arc is at most 1.0109 times as long.
        let flattest = 1 - widestChord * 1.0404 / 12
        let discs = disc_bounds(
            sure_limit: sureLimit, sure_stretch: rowCosines.largest * centerCosines.largest * (1 + 1e-12),
            possible_limit: possibleLimit / flattest, possible_stretch: smallest)
        return (discs, (discs.possible_limit / smallest).squareRoot())
    }

    /// The smallest and largest cosine of the latitudes in an interval; the smallest is 0 when it goes beyond a pole.
    static func cosines(from bottom: Double, to top: Double) -> (smallest: Double, largest: Double) {
        let (steepest, flattest) = (
            max(abs(bottom), abs(top)), bottom <= 0 && top >= 0 ? 0 : min(abs(bottom), abs(top))
        )
        return (
            steepest >= 90 ? 0 : .cos(steepest * (.pi / 180)), .cos(min(flattest, 90) * (.pi / 180))
        )
    }
}
