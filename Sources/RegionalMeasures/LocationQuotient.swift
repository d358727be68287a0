/// How strongly an industry is present in a region compared with the reference area, by firms:
///
///     LQ = (x / n_r) / (x_k / n)
///
/// x firms of the industry among the n_r firms of the region, x_k of it among the n firms of the reference area. 1 means the
/// same share as everywhere, 5 a share five times as large.
///
///     let quotient = LocationQuotient(industryInRegion: 12, regionTotal: 60, industryTotal: 40, total: 1000)
///     quotient.value      // 5
///     quotient.limits()   // 3.23 ... 7.74
///
/// Never report the value without its limits: 1 firm of 5 has the same quotient as 12 of 60, and limits 0.13 ... 17.9.
/// Where the region is a footprint drawn around a detected cluster, the limits are conditional on that footprint:
/// descriptive, not a test.
///
/// Undefined (nil) when the region or the industry has no firm; 0 when the industry has none in the region. A footprint
/// with firms of one industry only reaches n / x_k, the largest value a quotient can take, whatever its size.
///
/// Every member is O(1); limits of small counts take a few microseconds.
public struct LocationQuotient: Sendable, Equatable {
    /// x, firms of the industry in the region.
    public let industryInRegion: Int
    /// n_r, all firms in the region.
    public let regionTotal: Int
    /// What the region is compared with.
    public let reference: Reference

    /// The area whose industry share is the yardstick.
    public enum Reference: Sendable, Equatable {
        /// The study area, which contains the region: the usual case.
        case studyArea(industryTotal: Int, total: Int)
        /// Totals from outside, for example national ones, taken as known without error. The region need not lie within.
        case outside(industryTotal: Double, total: Double)
    }

    /// Compares with the study area, region included.
    ///
    /// - Precondition: the counts can be those of a region within a study area: 0 ≤ x ≤ n_r, x ≤ x_k and
    ///   n_r − x ≤ n − x_k.
    public init(industryInRegion: Int, regionTotal: Int, industryTotal: Int, total: Int) {
        precondition(
            industryInRegion >= 0 && industryInRegion <= regionTotal && industryInRegion <= industryTotal
                && regionTotal - industryInRegion <= total - industryTotal,
            "a region cannot hold more firms than the study area")
        self.industryInRegion = industryInRegion
        self.regionTotal = regionTotal
        reference = .studyArea(industryTotal: industryTotal, total: total)
    }

    /// Compares with totals from outside, which need not be whole numbers.
    ///
    /// - Precondition: 0 ≤ x ≤ n_r and 0 ≤ x_k ≤ n, all finite.
    public init(
        industryInRegion: Int, regionTotal: Int, outsideIndustryTotal: Double, outsideTotal: Double
    ) {
        precondition(industryInRegion >= 0 && industryInRegion <= regionTotal)
        precondition(outsideIndustryTotal >= 0 && outsideIndustryTotal <= outsideTotal && outsideTotal.isFinite)
        self.industryInRegion = industryInRegion
        self.regionTotal = regionTotal
        reference = .outside(industryTotal: outsideIndustryTotal, total: outsideTotal)
    }

    /// LQ; nil where the region or the industry is empty.
    public var value: Double? {
        quotient(
            Double(industryInRegion), of: Double(regionTotal), reference: referenceIndustry, of: referenceTotal)
    }

    /// (LQ − 1) / (LQ + 1), in [−1, 1): as far from 0 for a half as for a double share (Dalum, Laursen & Villumsen 1998).
    public var symmetric: Double? { value.map { ($0 - 1) / ($0 + 1) } }

    /// The share x_k / n that the region is compared with; nil for an empty reference.
    public var referenceShare: Double? { referenceTotal > 0 ? referenceIndustry / referenceTotal : nil }

    /// E = n_r x_k / n: firms of the industry that the region would have at the reference share; nil for an empty reference.
    public var expectedFirms: Double? {
        referenceTotal > 0 ? Double(regionTotal) * referenceIndustry / referenceTotal : nil
    }

    /// x / x_k, the part of the industry that is in the region. nil for an empty industry, and with an outside reference,
    /// which need not contain the region.
    public var shareOfIndustry: Double? {
        guard case .studyArea(let industryTotal, _) = reference, industryTotal > 0 else { return nil }
        return Double(industryInRegion) / Double(industryTotal)
    }

    /// The region against the rest of the study area: RR = (x / E) / ((x_k − x) / (x_k − E)).
    ///
    /// Unlike LQ it has no ceiling. nil where the rest has no firm of the industry (the ratio would be infinite), where it has
    /// no firm at all, where LQ is undefined, and with an outside reference.
    public var relativeRisk: Double? {
        guard case .studyArea(let industryTotal, let total) = reference, industryTotal > industryInRegion,
            regionTotal > 0, regionTotal < total
        else { return nil }
        // E = n_r x_k / n cancels to the shares inside and outside.
        let inside = Double(industryInRegion) / Double(regionTotal)
        let outside = Double(industryTotal - industryInRegion) / Double(total - regionTotal)
        return inside / outside
    }

    var referenceIndustry: Double {
        switch reference {
        case .studyArea(let industryTotal, _): Double(industryTotal)
        case .outside(let industryTotal, _): industryTotal
        }
    }

    var referenceTotal: Double {
        switch reference {
        case .studyArea(_, let total): Double(total)
        case .outside(_, let total): total
        }
    }
}

/// (x / n_r) / (x_k / n), nil where it is undefined.
func quotient(_ part: Double, of whole: Double, reference: Double, of total: Double) -> Double? {
    guard whole > 0, reference > 0 else { return nil }
    return (part * total) / (whole * reference)
}
