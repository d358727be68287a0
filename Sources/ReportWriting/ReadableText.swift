/// Numbers for people, as tables on a terminal show them.
enum ReadableText {
    /// Three decimals; more for a probability that is smaller: 0.250, 0.001, 0.0001.
    static func probability(_ value: Double?) -> String {
        guard let value else { return "–" }
        let decimals = value >= 0.000_95 ? 3 : value >= 0.000_095 ? 4 : value >= 0.000_009_5 ? 5 : 6
        return measure(value, decimals: decimals)
    }

    /// Three digits, or all that stand before the point: 0.123, 1.23, 12.3, 1234.
    static func measure(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        let magnitude = value.magnitude
        return measure(value, decimals: magnitude < 1 ? 3 : magnitude < 10 ? 2 : magnitude < 100 ? 1 : 0)
    }

    private static func measure(_ value: Double, decimals: Int) -> String {
        let magnitude = value.magnitude
        let scale = [1.0, 10, 100, 1000, 1e4, 1e5, 1e6][decimals]
        guard magnitude * scale < 0x1p52 else { return value.description }
        let units = DecimalRounding.product(magnitude, scale)
        let whole = String(units / UInt64(scale))
        let sign = value < 0 && units > 0 ? "-" : ""
        guard decimals > 0 else { return sign + whole }
        let part = String(units % UInt64(scale))
        return sign + whole + "." + String(repeating: "0", count: decimals - part.count) + part
    }
}
