/// A number for reading: whole from a thousand on, else to a thousandth.
func readable(_ value: Double) -> String {
    if abs(value) >= 1000, abs(value) < 1e15 { return grouped(Int(value.rounded())) }
    let thousandths = (value * 1000).rounded() / 1000
    return thousandths == thousandths.rounded() ? grouped(Int(thousandths)) : String(thousandths)
}
