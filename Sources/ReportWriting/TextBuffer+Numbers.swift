import FirmModel

/// Numbers as output spells them: no locale, no exponent where a plain number will do, −0 is 0, and `null` for what is
/// not a number.
extension TextBuffer {
    mutating func append(_ value: Int) {
        if value < 0 { append(.minus) }
        append(UInt64(value.magnitude))
    }

    mutating func append(_ value: UInt64) {
        append(room: DecimalDigits.room) { DecimalDigits.write(value, at: $0) }
    }

    /// A coordinate to 7 decimals, trailing zeros left out: 1 cm in degrees.
    mutating func appendCoordinate(_ value: Double) {
        guard value.magnitude < Self.coordinateLimit else { return appendExact(value) }
        append(room: DecimalDigits.room) { Self.writeCoordinate(value, at: $0) }
    }

    /// `[x,y],[x,y]` and so on: the bulk of most output, so room is made for many at a time.
    mutating func appendPositions(_ points: [Coordinate]) {
        points.withUnsafeBufferPointer { points in
            for start in stride(from: 0, to: points.count, by: Self.positionsAtATime) {
                if start > 0 { append(.comma) }
                appendPositions(points[start..<min(points.count, start + Self.positionsAtATime)])
            }
        }
    }

    private static let positionsAtATime = 512

    private mutating func appendPositions(_ points: Slice<UnsafeBufferPointer<Coordinate>>) {
        guard points.allSatisfy({ max($0.x.magnitude, $0.y.magnitude) < Self.coordinateLimit }) else {
            for (index, point) in points.enumerated() {
                append(index > 0 ? ",[" : "[")
                appendCoordinate(point.x)
                append(.comma)
                appendCoordinate(point.y)
                append("]")
            }
            return
        }
        append(room: points.count * (2 * DecimalDigits.room + 4)) { start in
            var end = start
            for point in points {
                end[0] = UInt8(ascii: "[")
                end = Self.writeCoordinate(point.x, at: end + 1)
                end[0] = .comma
                end = Self.writeCoordinate(point.y, at: end + 1)
                end[0] = UInt8(ascii: "]")
                end[1] = .comma
                end += 2
            }
            return end - 1
        }
    }

    /// Below it the integer part of a number and what is left of it are exact.
    private static let coordinateLimit = 0x1p62

    @inline(__always)
    private static func writeCoordinate(
        _ value: Double, at start: DecimalDigits.Position
    ) -> DecimalDigits.Position {
        let magnitude = value.magnitude
        var whole = UInt64(bitPattern: Int64(magnitude))
        var units = DecimalRounding.product(magnitude - Double(whole), 1e7)
        if units == 10_000_000 {
            whole += 1
            units = 0
        }
        var end = start
        if value < 0, whole | units != 0 {
            end[0] = .minus
            end += 1
        }
        end = DecimalDigits.write(whole, at: end)
        return DecimalDigits.writeSevenDecimals(units, at: end)
    }

    /// A measure to 6 significant digits, trailing zeros left out: 12.5, 0.000123457, 1234570.
    ///
    /// Below 10⁻⁶ and from 10²¹ on it has an exponent, as JavaScript writes numbers.
    mutating func appendMeasure(_ value: Double) {
        guard value.isFinite else { return append("null") }
        guard value != 0 else { return append(.zero) }
        if value < 0 { append(.minus) }
        let significant = DecimalRounding.significantDigits(value.magnitude)
        let exponent = significant.exponent
        guard (-6..<21).contains(exponent) else {
            appendDigits(significant.digits, whole: 1)
            append(UInt8(ascii: "e"))
            return append(exponent)
        }
        guard exponent < 0 else { return appendDigits(significant.digits, whole: exponent + 1) }
        append("0.")
        append(room: DecimalDigits.room) { start in
            let zeros = DecimalDigits.writeZeros(-exponent - 1, at: start)
            return DecimalDigits.withoutZeros(before: DecimalDigits.write(significant.digits, at: zeros))
        }
    }

    /// Six digits, of which `whole` (or, if more, all and zeros) stand before the point; no zeros at the end behind it.
    private mutating func appendDigits(_ digits: UInt64, whole: Int) {
        append(room: DecimalDigits.room) { start in
            let end = DecimalDigits.write(digits, at: start)
            guard whole < 6 else { return DecimalDigits.writeZeros(whole - 6, at: end) }
            let shortened = DecimalDigits.withoutZeros(before: end)
            guard shortened > start + whole else { return start + whole }
            (start + whole + 1).update(from: start + whole, count: shortened - start - whole)
            start[whole] = .point
            return shortened + 1
        }
    }

    /// A total, such as employees: never fewer digits than to the unit, else as a measure.
    mutating func appendAmount(_ value: Double) {
        guard value.magnitude >= 1e5, value.magnitude < 0x1p53 else { return appendMeasure(value) }
        append(Int(value.rounded(.toNearestOrEven)))
    }

    /// The shortest digits that read back as the same number: for parameters, which must be repeatable as they are.
    mutating func appendExact(_ value: Double) {
        guard value.isFinite else { return append("null") }
        if value.magnitude < 0x1p53, value == value.rounded(.towardZero) {
            append(Int(value))
        } else {
            append(value.description)
        }
    }
}
