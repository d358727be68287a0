/// One value of output: a property of a feature, a field of a table, a leaf of a JSON document. Each case has its own
/// spelling of numbers.
public enum OutputValue: Sendable, Equatable {
    /// `null` in JSON, an empty field in CSV.
    case undefined
    /// Quoted and escaped as the format wants it.
    case text(String)
    /// All its digits.
    case integer(Int)
    /// All its digits.
    case unsigned(UInt64)
    /// `true` or `false`.
    case flag(Bool)
    /// To 6 significant digits.
    case measure(Double)
    /// A total: never fewer digits than to the unit, and at least 6.
    case amount(Double)
    /// To 7 decimals.
    case coordinate(Double)
    /// The shortest digits that read back as the same number.
    case exact(Double)

    /// A text or, for nil, undefined.
    public static func optional(_ text: String?) -> OutputValue { text.map(OutputValue.text) ?? .undefined }

    /// A measure or, for nil, undefined.
    public static func optional(_ measure: Double?) -> OutputValue { measure.map(OutputValue.measure) ?? .undefined }

    /// Texts joined by `|`, which is written `/` inside them; undefined when there are none or all are nil.
    static func list(_ texts: [String?]) -> OutputValue {
        guard texts.contains(where: { $0 != nil }) else { return .undefined }
        if let only = texts.first ?? nil, texts.count == 1, !only.utf8.contains(UInt8(ascii: "|")) {
            return .text(only)
        }
        let parts = texts.map { text in String((text ?? "").map { $0 == "|" ? "/" : $0 }) }
        return .text(parts.joined(separator: "|"))
    }
}

extension TextBuffer {
    /// Appends `value` where it is a number or a truth value, spelled alike in JSON and CSV; false where it is not.
    mutating func appendPlain(_ value: OutputValue) -> Bool {
        switch value {
        case .undefined, .text: return false
        case .integer(let number): append(number)
        case .unsigned(let number): append(number)
        case .flag(let flag): append(flag ? "true" : "false")
        case .measure(let number) where number.isFinite: appendMeasure(number)
        case .amount(let number) where number.isFinite: appendAmount(number)
        case .coordinate(let number) where number.isFinite: appendCoordinate(number)
        case .exact(let number) where number.isFinite: appendExact(number)
        case .measure, .amount, .coordinate, .exact: return false
        }
        return true
    }
}
