/// Headers as people compare them: without case, accents, spaces and punctuation.
enum HeaderFolding {
    static func folded(_ header: String) -> String {
        var result = ""
        for character in header.lowercased() {
            if let plain = plainLetters[character] {
                result += plain
            } else if character.isLetter || character.isNumber {
                result.append(character)
            }
        }
        return result
    }

    /// Letters of the languages at hand; a composed and a decomposed accent are the same `Character`.
    private static let plainLetters: [Character: String] = {
        let groups = [
            "a": "áàâäãåā", "e": "éèêëē", "i": "íìîïī", "o": "óòôöõøō", "u": "úùûüū", "c": "ç", "n": "ñ", "y": "ýÿ",
            "ss": "ß", "ae": "æ", "oe": "œ",
        ]
        var letters: [Character: String] = [:]
        for (plain, accented) in groups { for letter in accented { letters[letter] = plain } }
        return letters
    }()
}
