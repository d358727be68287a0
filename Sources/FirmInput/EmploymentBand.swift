import DelimitedText
import ParallelWork

/// Employment given as text: a number of people, or a size band such as `10 to 19` or `251 y más personas`.
enum EmploymentBand {
    /// What an open band counts as: 1.5 times its lower bound.
    static let openBandFactor = 1.5

    /// The employees a text stands for; nil when it does not say.
    ///
    /// Two numbers are a band and give its midpoint. One number with a word or sign for "and more" is an open band and
    /// gives 1.5 times the number; with one for "less than" or "up to", half of it. One number alone is itself.
    static func value(of text: String) -> Double? {
        let (numbers, words) = pieces(text.lowercased())
        let folded = words.map(HeaderFolding.folded).joined(separator: " ")
        switch numbers.count {
        case 1:
            if isOpenAbove(words: folded, signs: text) { return numbers[0] * openBandFactor }
            if isOpenBelow(words: folded, signs: text) { return numbers[0] / 2 }
            return numbers[0]
        case 2 where numbers[0] <= numbers[1]:
            return (numbers[0] + numbers[1]) / 2
        default:
            return nil
        }
    }

    private static let moreWords: Set<String> = [
        "more", "over", "above", "plus", "mas", "mais", "mehr", "uber", "ueber", "acima", "atleast", "least", "desde",
        "superieur", "higher", "greater", "upwards", "ab", "partir",
    ]
    private static let lessWords: Set<String> = [
        "less", "under", "below", "fewer", "moins", "menos", "weniger", "unter", "hasta", "ate", "bis", "upto",
        "jusqua", "jusqu", "abaixo", "inferieur",
    ]

    private static func isOpenAbove(words: String, signs: String) -> Bool {
        signs.contains("+") || signs.contains(">") || signs.contains("≥") || signs.contains("以上")
            || (words + " ").contains("up ") && !words.contains("up to")
            || !moreWords.isDisjoint(with: words.split(separator: " ").map(String.init))
    }

    private static func isOpenBelow(words: String, signs: String) -> Bool {
        signs.contains("<") || signs.contains("≤") || signs.contains("以下") || signs.contains("以内")
            || words.contains("up to")
            || !lessWords.isDisjoint(with: words.split(separator: " ").map(String.init))
    }

    /// The whole numbers in a text, thousands grouped by a space, point, comma or apostrophe, and the words around them.
    private static func pieces(_ text: String) -> (numbers: [Double], words: [String]) {
        var numbers: [Double] = []
        var words: [String] = []
        let characters = Array(text)
        let separators: Set<Character> = [" ", "\u{A0}", "\u{202F}", "\u{2009}", ".", ",", "'", "’"]
        func isDigit(_ place: Int) -> Bool { place < characters.count && ("0"..."9").contains(characters[place]) }
        var place = 0
        while place < characters.count {
            if isDigit(place) {
                var value = 0.0
                var digits = 0
                while true {
                    while isDigit(place) {
                        value = value * 10 + Double(characters[place].wholeNumberValue ?? 0)
                        digits += 1
                        place += 1
                    }
                    let continues =
                        digits >= 1 && place < characters.count && separators.contains(characters[place])
                        && (1...3).allSatisfy { isDigit(place + $0) } && !isDigit(place + 4)
                    guard continues else { break }
                    place += 1
                }
                numbers.append(value)
            } else if characters[place].isLetter {
                var word = ""
                while place < characters.count, characters[place].isLetter {
                    word.append(characters[place])
                    place += 1
                }
                words.append(word)
            } else {
                place += 1
            }
        }
        return (numbers, words)
    }

    /// Reads a file with the columns label, low, high; an empty high is an open band.
    static func table(path: String) throws(InputError) -> [String: Double] {
        let reader = try DelimitedReader(paths: [path])
        let header = reader.header.map(HeaderFolding.folded)
        guard let label = header.firstIndex(of: "label"), let low = header.firstIndex(of: "low"),
            let high = header.firstIndex(of: "high")
        else { throw InputError(.badData, file: path, "a file of employment bands has the columns label, low, high") }
        let decimalComma = reader.dialect.allowsDecimalComma
        var bands: [String: Double] = [:]
        do {
            let rows = try reader.mapBlocks(workers: Workers(count: 1)) { cursor, _ in
                var rows: [(String, Double)] = []
                while cursor.next() {
                    guard cursor.status == .sound, cursor.fieldCount > max(label, low) else {
                        throw InputError(.badData, file: path, line: cursor.line, "the row cannot be read")
                    }
                    let name = String(decoding: cursor.field(label), as: UTF8.self).trimmed
                    guard let lower = NumberParsing.number(cursor.field(low), decimalComma: decimalComma), lower >= 0
                    else {
                        throw InputError(.badData, file: path, line: cursor.line, column: "low", "is not a number")
                    }
                    let upper =
                        cursor.fieldCount > high ? String(decoding: cursor.field(high), as: UTF8.self).trimmed : ""
                    guard !upper.isEmpty else {
                        rows.append((name, lower * openBandFactor))
                        continue
                    }
                    guard let value = NumberParsing.number(cursor.field(high), decimalComma: decimalComma),
                        value >= lower
                    else {
                        throw InputError(
                            .badData, file: path, line: cursor.line, column: "high", "is not a number from low on")
                    }
                    rows.append((name, (lower + value) / 2))
                }
                return rows
            }
            for (name, value) in rows.joined() { bands[name] = value }
        } catch let error as InputError {
            throw error
        } catch {
            throw InputError(.inputOutput, file: path, "\(error)")
        }
        return bands
    }
}
