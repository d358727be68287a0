/// Which of many families hold a discovery, and which of their members are significant, in two steps (Benjamini &
/// Bogomolov 2014, J. Royal Statistical Society B 76):
///
/// 1. The smallest p-value of each of the m families is adjusted over families; R families are rejected at α.
/// 2. A member is significant when its family is rejected and its p-value is at most α R / (c m), c = 1 for Benjamini &
///    Hochberg, Σ 1/i for Benjamini & Yekutieli.
///
/// The expected average share of false discoveries over the rejected families stays at most α. Testing the members of
/// rejected families at α itself would forget that these families were picked for their small p-values.
///
///     let selection = FamilySelection(pValuesOfFamilies: [[0.001, 0.2], [], [0.012]], level: 0.05)
///     selection.qValues                       // 0.003, 1, 0.018
///     selection.rejected                      // 2
///     selection.isSignificant(0.2, inFamily: 0)   // false
///
/// For clusters a family is an industry or pattern; p-values are those against the largest statistic of the family in
/// each simulation, so that the smallest one is a valid p-value of the family. A family without members counts with p =
/// 1: it was tested and found nothing. Filters by size or strength come after this step, never before.
///
/// p-values of simulations are ratios that can meet the threshold exactly; comparisons let 1e-12 of it pass, so that
/// rounding decides nothing.
public struct FamilySelection: Sendable, Equatable {
    /// α, the level asked for.
    public let level: Double
    /// How families are adjusted.
    public let adjustment: FalseDiscoveryAdjustment
    /// The adjusted smallest p-value of each family.
    public let qValues: [Double]
    /// R, the families rejected.
    public let rejected: Int
    /// α R / (c m): members of rejected families are significant up to this p-value. 0 where no family is rejected.
    public let memberThreshold: Double

    /// - Precondition: 0 < `level` < 1, p-values lie between 0 and 1.
    /// - Complexity: O(p-values + m log m).
    public init(
        pValuesOfFamilies: [[Double]], level: Double, adjustment: FalseDiscoveryAdjustment = .benjaminiHochberg
    ) {
        precondition(level > 0 && level < 1, "a level lies between 0 and 1, both excluded")
        self.level = level
        self.adjustment = adjustment
        qValues = adjustment.adjusted(pValuesOfFamilies.map { $0.min() ?? 1 }).compactMap { $0 }
        rejected = qValues.count { Self.isAtMost($0, level) }
        let cost = adjustment.penalty(familySize: qValues.count) * Double(qValues.count)
        memberThreshold = rejected == 0 ? 0 : level * Double(rejected) / cost
    }

    /// m, the families tested.
    public var families: Int { qValues.count }

    /// Whether a family holds a discovery.
    public func isRejected(family: Int) -> Bool { Self.isAtMost(qValues[family], level) }

    /// Whether a member is significant.
    public func isSignificant(_ pValue: Double, inFamily family: Int) -> Bool {
        isRejected(family: family) && Self.isAtMost(pValue, memberThreshold)
    }

    /// The smallest number of simulations with which one family could have been rejected by itself; see
    /// ``FalseDiscoveryAdjustment/simulationsNeeded(families:level:)``. 0 without families.
    public var simulationsNeeded: Int {
        families == 0 ? 0 : adjustment.simulationsNeeded(families: families, level: level)
    }

    /// How many families have to be at the floor 1/(M + 1) together for any to be rejected; see
    /// ``FalseDiscoveryAdjustment/familiesNeededAtFloor(simulations:families:level:)``. 0 without families.
    public func familiesNeededAtFloor(simulations: Int) -> Int {
        families == 0
            ? 0 : adjustment.familiesNeededAtFloor(simulations: simulations, families: families, level: level)
    }

    private static func isAtMost(_ value: Double, _ threshold: Double) -> Bool { value <= threshold * (1 + 1e-12) }
}
