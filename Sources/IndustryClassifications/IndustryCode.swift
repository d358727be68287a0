/// The text of industry codes: never numbers, since `06.10` is not 6.1 and `0111` not 111.
public enum IndustryCode {
    /// The code without dots, spaces and hyphens, so that `68.20Z`, `6820 Z` and `6820Z` are one; letters become capitals.
    ///
    /// A range of two-digit sectors as NAICS has them (`31-33`, `44-45`, `48-49`) stays as it is.
    public static func normalized(_ text: String) -> String {
        let trimmed = String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        if isRange(trimmed) { return trimmed }
        return trimmed.filter { !isSpace($0) && $0 != "." && $0 != "-" }.uppercased()
    }

    /// The first `level` characters of a normalized code; a range stays whole, and so does a code that is shorter.
    public static func truncated(_ normalized: String, level: Int?) -> String {
        guard let level, !isRange(normalized) else { return normalized }
        return String(normalized.prefix(level))
    }

    /// Whether a text is a range of sectors: two digits, a hyphen, two digits.
    public static func isRange(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: "-") else { return false }
        return [0, 1, 3, 4].allSatisfy { 0x30...0x39 ~= bytes[$0] }
    }

    private static func isSpace(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == "\u{A0}"
    }
}
