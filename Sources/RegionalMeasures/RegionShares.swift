/// The chance x_r that a dart thrown at random hits each region: its share of an activity.
public struct RegionShares: Sendable, Equatable {
    /// x_r, adding up to 1.
    public let values: [Double]

    /// Shares of all activity, for example all firms or all employees by region. nil where there is none.
    ///
    /// - Precondition: no amount is negative or infinite.
    public init?(activity: [Double]) {
        precondition(activity.allSatisfy { $0 >= 0 && $0.isFinite }, "an activity is not negative")
        let total = activity.reduce(0, +)
        guard total > 0 else { return nil }
        values = activity.map { $0 / total }
    }

    /// Shares of the activity of all other industries. Use it where the industry is itself much of the regions'
    /// activity: its own concentration would otherwise move the yardstick towards it, and the test would find less than
    /// there is.
    ///
    /// nil where there is no other activity.
    ///
    /// - Precondition: the industry's amount in a region lies between 0 and the region's activity, in the same unit.
    public init?(activity: [Double], withoutIndustry own: [Double]) {
        precondition(
            activity.count == own.count && zip(activity, own).allSatisfy { $1 >= 0 && $1 <= $0 },
            "an industry is a part of the activity of every region")
        self.init(activity: zip(activity, own).map { $0 - $1 })
    }
}
