/// Numbers as text, the same on every machine.
enum NumberText {
    /// At most `decimals` decimals, without zeros at the end: 12.5, 3, −0.25. For coordinates of a drawing.
    ///
    /// - Precondition: a magnitude that fits an Int when multiplied by 10^`decimals`.
    static func short(_ number: Double, decimals: Int = 2) -> String {
        let power = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let units = Int((number * Double(power)).rounded())
        let (whole, part) = units.magnitude.quotientAndRemainder(dividingBy: UInt(power))
        var digits = String(part)
        digits = String(repeating: "0", count: decimals - min(decimals, digits.count)) + digits
        while digits.last == "0" { digits.removeLast() }
        return (units < 0 ? "-" : "") + String(whole) + (part == 0 ? "" : "." + digits)
    }

    /// A tick of an axis: as many decimals as it needs, a comma between thousands, a true minus sign. Very large and very
    /// small numbers as Swift writes them.
    static func tick(_ number: Double) -> String {
        let magnitude = number.magnitude
        guard magnitude < 1e9, magnitude == 0 || magnitude >= 1e-6 else { return "\(number)" }
        let text = short(magnitude, decimals: 9)
        let whole = text.prefix { $0 != "." }
        var grouped = ""
        for (place, digit) in whole.enumerated() {
            if place > 0, (whole.count - place).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return (number < 0 ? "−" : "") + grouped + text.dropFirst(whole.count)
    }
}
