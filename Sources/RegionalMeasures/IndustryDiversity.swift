import RealModule

/// How many industries an area holds, counting each by its weight: the exponential of Shannon's entropy,
///
///     D = exp(H),  H = − Σ_k s_k log s_k
///
/// s_k the share of industry k among the firms. D industries of equal size would be as diverse (the Hill number of order 1).
/// It lies between 1 and the number of industries present, and depends on the level of the classification: state it.
public enum IndustryDiversity {
    /// D of the numbers of firms by industry; zeros do not matter. nil without any firm.
    ///
    /// The sum runs in the order given: pass counts in the order of their codes for the same last digit every time.
    ///
    /// - Precondition: no count is negative.
    /// - Complexity: O(number of counts).
    @inlinable
    public static func effectiveNumber(ofCounts counts: some Sequence<Int>) -> Double? {
        var total = 0
        var weightedLogs = 0.0
        let table = weightedLogTable
        for count in counts where count != 0 {
            precondition(count > 0, "a number of firms is not negative")
            total += count
            weightedLogs += count < table.count ? table[count] : weightedLog(count)
        }
        return effectiveNumber(total: total, weightedLogs: weightedLogs)
    }

    /// n log n.
    @usableFromInline
    static func weightedLog(_ count: Int) -> Double { Double(count) * .log(Double(count)) }

    /// n log n of the numbers of firms that most industries have in most areas: logarithms are most of the work.
    @usableFromInline
    static let weightedLogTable: [Double] = (0..<1024).map { $0 == 0 ? 0 : weightedLog($0) }

    @usableFromInline
    static func effectiveNumber(total: Int, weightedLogs: Double) -> Double? {
        guard total > 0 else { return nil }
        let entropy = Double.log(Double(total)) - weightedLogs / Double(total)
        // Rounding can leave the entropy of a single industry a hair below 0.
        return .exp(max(0, entropy))
    }
}
