import FirmModel
import Foundation
import Testing

@testable import ReportWriting

/// Numbers against C's `printf`, which rounds exactly.
@Suite struct NumberTests {
    @Test(arguments: [1 as UInt64, 2, 3])
    func coordinatesRoundAsPrintfDoes(seed: UInt64) {
        var stream = RandomStream(seed: seed)
        for _ in 0..<10_000 {
            let value = (stream.nextUnit() - 0.5) * [0.0001, 1, 360, 1e7, 1e13][Int(stream.next() % 5)]
            #expect(coordinate(value) == expectedCoordinate(value), "seed \(seed), \(value)")
        }
    }

    @Test func coordinatesAtTheEdges() {
        // Multiples of 2⁻⁸ end in 5 at the eighth decimal: exact ties, with neighbors on both sides.
        for numerator in -2000...2000 {
            let tie = Double(numerator) / 256
            for value in [tie, tie.nextUp, tie.nextDown] { #expect(coordinate(value) == expectedCoordinate(value)) }
        }
        // Decimal ties, which binary numbers only come near.
        for thousandths in -3000...3000 {
            let value = Double(thousandths * 100_000_000 + 5) / 1e8
            #expect(coordinate(value) == expectedCoordinate(value))
        }
        for value in [
            179.99999995, 179.999999949, 89.99999999, -0.00000005, 0.99999995, Double.leastNonzeroMagnitude, 1e15,
            9.0e15, 4e18,
        ] {
            #expect(coordinate(value) == expectedCoordinate(value))
        }
        #expect(coordinate(-0.0) == "0")
        #expect(coordinate(-0.00000001) == "0")
        #expect(coordinate(-180) == "-180")
        #expect(coordinate(120.5) == "120.5")
        #expect(coordinate(.nan) == "null")
    }

    @Test(arguments: [1 as UInt64, 2, 3])
    func measuresRoundAsPrintfDoes(seed: UInt64) {
        var stream = RandomStream(seed: seed)
        for _ in 0..<10_000 {
            // Any finite number there is, and in every other case one of ordinary size.
            var value = Double(bitPattern: stream.next())
            if stream.next() % 2 == 0 { value = (stream.nextUnit() - 0.5) * pow(10, Double(stream.next() % 20) - 8) }
            guard value.isFinite else { continue }
            #expect(measure(value) == expectedMeasure(value), "seed \(seed), \(value)")
        }
    }

    @Test func measuresAtTheEdges() {
        for exponent in -30...40 {
            let power = Double("1e\(exponent)") ?? .nan
            for value in [power, power.nextDown, power.nextUp, 9.9999995 * power, 9.999995 * power, 1.000005 * power] {
                #expect(measure(value) == expectedMeasure(value), "\(value)")
            }
        }
        // Exact ties at the seventh digit, on both sides of the point.
        for digits in stride(from: 1_000_005, to: 10_000_000, by: 12_340) {
            for divisor in [1.0, 2, 4, 8, 1024, 1e-6] {
                let value = Double(digits) / divisor
                #expect(measure(value) == expectedMeasure(value), "\(value)")
            }
        }
        for value in [
            Double.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 999_999.5, 999_999.4999, 0.1,
            1e15,
        ] {
            #expect(measure(value) == expectedMeasure(value), "\(value)")
        }
    }

    @Test func measuresAreShortAndPlain() {
        let expected: [(Double, String)] = [
            (12.5, "12.5"), (100, "100"), (1_234_567, "1234570"), (0.000123456789, "0.000123457"), (1e-6, "0.000001"),
            (1.25e-7, "1.25e-7"), (1e-300, "1e-300"), (1e20, "100000000000000000000"), (1e21, "1e21"), (-0.0, "0"),
            (-2.5, "-2.5"), (9.9999995, "10"), (999_999.7, "1000000"), (.infinity, "null"),
        ]
        for (value, text) in expected { #expect(measure(value) == text) }
    }

    @Test func totalsKeepTheirUnits() {
        #expect(text { $0.appendAmount(1_234_567) } == "1234567")
        #expect(text { $0.appendAmount(1_234_567.5) } == "1234568")
        #expect(text { $0.appendAmount(54321.56) } == "54321.6")
        #expect(text { $0.appendAmount(-0.0) } == "0")
    }

    @Test func parametersReadBackAsTheyWere() {
        #expect(text { $0.appendExact(500) } == "500")
        #expect(text { $0.appendExact(0.1 + 0.2) } == "0.30000000000000004")
        #expect(text { $0.append(Int.min) } == "-9223372036854775808")
        #expect(text { $0.append(UInt64.max) } == "18446744073709551615")
    }

    private func text(_ append: (inout TextBuffer) -> Void) -> String {
        var buffer = TextBuffer()
        append(&buffer)
        return String(decoding: buffer.finish(), as: UTF8.self)
    }

    private func coordinate(_ value: Double) -> String { text { $0.appendCoordinate(value) } }
    private func measure(_ value: Double) -> String { text { $0.appendMeasure(value) } }

    private func expectedCoordinate(_ value: Double) -> String {
        var text = String(format: "%.7f", value)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" ? "0" : text
    }

    /// From `%.5e`: the digits moved to where the rule of output wants them.
    private func expectedMeasure(_ value: Double) -> String {
        if value == 0 { return "0" }
        let parts = String(format: "%.5e", value.magnitude).split(separator: "e")
        var digits = parts[0].filter { $0 != "." }
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        let exponent = Int(parts[1]) ?? 0
        let sign = value < 0 ? "-" : ""
        func pointed(_ digits: String, after whole: Int) -> String {
            digits.count > whole
                ? digits.prefix(whole) + "." + digits.dropFirst(whole)
                : digits + String(repeating: "0", count: whole - digits.count)
        }
        if !(-6..<21).contains(exponent) { return sign + pointed(digits, after: 1) + "e\(exponent)" }
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
        return sign + pointed(digits, after: exponent + 1)
    }
}
