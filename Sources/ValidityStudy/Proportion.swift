import FirmClusters

/// A share of simulated registers, with the limits that so many of them allow.
struct Proportion: Sendable, Equatable {
    let count: Int
    let total: Int

    /// - Precondition: `total` is above 0.
    init(_ count: Int, of total: Int) {
        precondition(total > 0, "no share of nothing")
        self.count = count
        self.total = total
    }

    /// How many of `values` hold.
    init<Value>(of values: [Value], where holds: (Value) -> Bool) {
        self.init(values.count(where: holds), of: values.count)
    }

    var value: Double { Double(count) / Double(total) }

    /// The 95 percent limits of Clopper & Pearson.
    var limits: ClosedRange<Double> {
        guard let limits = ClopperPearson.limits(count: count, total: total) else { return 0...1 }
        return limits.lower...limits.upper
    }
}
