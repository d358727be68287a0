/// How bytes stand for characters in a file.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// With or without a byte order mark.
    case utf8 = "UTF-8"
    /// The byte order that the file's mark names, or its zero bytes show; the low byte first where nothing does. What a user
    /// can ask for; a file that has been read is one of the next two.
    case utf16 = "UTF-16"
    /// The low byte first.
    case utf16LittleEndian = "UTF-16LE"
    /// The high byte first.
    case utf16BigEndian = "UTF-16BE"
    /// A byte is a character, with the number it has in Unicode.
    case latin1 = "ISO-8859-1"
    /// As ISO-8859-1 but for bytes 80 to 9F, which are € “ ” – and the like.
    case windows1252 = "Windows-1252"

    /// The encoding that people mean by a name, whatever its case and punctuation: `latin-1`, `cp1252`, `utf8`, …
    public init?(named name: String) {
        switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
        case "utf8", "utf8sig", "utf8bom", "ascii", "usascii": self = .utf8
        case "utf16", "ucs2", "unicode": self = .utf16
        case "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "latin1", "iso88591", "88591", "l1": self = .latin1
        case "windows1252", "cp1252", "win1252", "1252", "ansi": self = .windows1252
        default: return nil
        }
    }
}

extension TextEncoding {
    /// The encoding to read with when this one was asked for and `detected` is what the file looks like.
    func settled(by detected: TextEncoding) -> TextEncoding {
        guard self == .utf16 else { return self }
        return detected == .utf16BigEndian ? .utf16BigEndian : .utf16LittleEndian
    }

    /// The encoding of a file whose first bytes are `sample`, and the length of the byte order mark there.
    ///
    /// A byte order mark decides. Else zero bytes at every other place mean UTF-16; bytes that are valid UTF-8 (a
    /// character cut at the end of the sample included) mean UTF-8, plain ASCII too; a byte that Windows-1252 leaves
    /// undefined (81, 8D, 8F, 90, 9D) means ISO-8859-1; anything else is Windows-1252, which differs from ISO-8859-1 only
    /// in bytes 80 to 9F: control characters there, € “ ” – here.
    static func detect(_ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> (TextEncoding, byteOrderMark: Int) {
        if sample.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if sample.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if sample.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        if let wide = detectUTF16WithoutMark(sample) { return (wide, 0) }
        if UTF8Validation.isValid(sample, mayEndInsideCharacter: !isWhole) { return (.utf8, 0) }
        let undefinedInWindows1252: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
        return (sample.contains(where: undefinedInWindows1252.contains) ? .latin1 : .windows1252, 0)
    }

    /// Register headers are mostly ASCII, whose UTF-16 has a zero in every other byte.
    private static func detectUTF16WithoutMark(_ sample: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
        let pairs = min(sample.count, 512) / 2
        guard pairs >= 4 else { return nil }
        var zeros = (even: 0, odd: 0)
        for pair in 0..<pairs {
            if sample[2 * pair] == 0 { zeros.even += 1 }
            if sample[2 * pair + 1] == 0 { zeros.odd += 1 }
        }
        if zeros.odd * 10 >= pairs * 7, zeros.even * 10 <= pairs { return .utf16LittleEndian }
        if zeros.even * 10 >= pairs * 7, zeros.odd * 10 <= pairs { return .utf16BigEndian }
        return nil
    }
}
