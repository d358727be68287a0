/// How many columns of a terminal a text takes.
///
/// East Asian wide and fullwidth characters and emoji take two, combining marks none (the classes W and F of Unicode's
/// `EastAsianWidth.txt`, by block).
enum DisplayWidth {
    static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

    /// The width of the character's base; what combines with it adds nothing.
    static func of(_ character: Character) -> Int {
        guard let base = character.unicodeScalars.first else { return 0 }
        if isWide(base.value) || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return switch base.properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator: 0
        default: 1
        }
    }

    private static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case ..<0x1100: false
        case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x2E80...0x303E, 0x3041...0x33FF,
            0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
            0x1F004, 0x1F0CF, 0x1F18E, 0x1F191...0x1F19A, 0x1F1E6...0x1F320, 0x1F32D...0x1F64F, 0x1F680...0x1F6FF,
            0x1F7E0...0x1F7EB, 0x1F90C...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// The text cut to at most `width` columns, with an ellipsis where something was cut; control characters (which could
    /// move the cursor) become spaces.
    static func cut(_ text: String, to width: Int) -> String {
        let clean = String(text.map { isControl($0) ? " " : $0 })
        guard of(clean) > width else { return clean }
        var kept = ""
        var used = 0
        for character in clean {
            let next = of(character)
            guard used + next < width else { break }
            kept.append(character)
            used += next
        }
        return kept + "…"
    }

    /// The text cut and then filled with spaces to exactly `width` columns.
    static func fitted(_ text: String, to width: Int) -> String {
        let text = cut(text, to: width)
        return text + String(repeating: " ", count: max(0, width - of(text)))
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.first?.properties.generalCategory == .control
    }
}
