import CTextKernels

/// Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7: shortest forms only, no surrogates, at most U+10FFFF).
enum UTF8Validation {
    /// - Parameter mayEndInsideCharacter: accept a last character of which only the beginning is there.
    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>, mayEndInsideCharacter: Bool = false) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let count = bytes.count
        var i = 0
        while i < count {
            let lead = base[i]
            if lead < 0x80 {
                // In a text of many other characters, ASCII comes in ones and twos; in others, by the hundred.
                let isRun =
                    i + 8 <= count
                    && UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                i += isRun ? max(8, ascii_prefix(base + i, count - i)) : 1
                continue
            }
            let length: Int
            // The range of the second byte excludes overlong forms, surrogates and code points that do not exist.
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            case 0xF1...0xF3: length = 4
            default: return false
            }
            for offset in 1..<length {
                guard i + offset < count else { return mayEndInsideCharacter }
                let byte = base[i + offset]
                guard offset == 1 ? second.contains(byte) : byte & 0xC0 == 0x80 else { return false }
            }
            i += length
        }
        return true
    }

    /// Whether bytes are well-formed UTF-8 and none of them is zero.
    static func isValidWithoutZeros(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        return isValidWithoutZeros(bytes, survey_text(base, bytes.count, 0, 0))
    }

    /// The same for bytes that have been looked at already.
    static func isValidWithoutZeros(_ bytes: UnsafeBufferPointer<UInt8>, _ survey: text_survey) -> Bool {
        !survey.has_zero && (survey.is_ascii || isValid(bytes))
    }
}
