/// Shares as text, the same on every machine.
enum FixedDecimals {
    /// A number with three decimals, for example 0.048.
    static func text(_ number: Double) -> String {
        let thousandths = Int((number * 1000).rounded())
        let digits = String(thousandths.magnitude % 1000)
        let sign = thousandths < 0 ? "−" : ""
        return sign + "\(thousandths.magnitude / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }

    /// A share with its limits, for example 0.048 (0.036–0.063).
    static func text(_ share: Proportion) -> String {
        "\(text(share.value)) (\(text(share.limits.lowerBound))–\(text(share.limits.upperBound)))"
    }
}
