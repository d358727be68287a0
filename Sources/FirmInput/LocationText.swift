import DelimitedText

/// Coordinates written as one text.
enum LocationText {
    /// What a text says.
    enum Failure: Error {
        case empty
        case notCoordinates
    }

    static func coordinate(_ text: UnsafeBufferPointer<UInt8>) -> (longitude: Double, latitude: Double)? {
        guard case .success(let place) = parse(text) else { return nil }
        return place
    }

    /// `(37.75, -122.41)` or the same without parentheses, latitude first; `POINT (-122.41 37.75)`, longitude first.
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Result<(longitude: Double, latitude: Double), Failure> {
        var start = 0
        var end = text.count
        func trim() {
            while start < end, isBlank(text[start]) { start += 1 }
            while end > start, isBlank(text[end - 1]) { end -= 1 }
        }
        trim()
        guard start < end else { return .failure(.empty) }
        let isPoint = end - start > 5 && zip(text[start..<start + 5], "POINT".utf8).allSatisfy { $0 & 0xDF == $1 }
        if isPoint { start += 5 }
        trim()
        if start < end, text[start] == UInt8(ascii: "("), text[end - 1] == UInt8(ascii: ")") {
            start += 1
            end -= 1
            trim()
        }
        guard start < end else { return .failure(isPoint ? .notCoordinates : .empty) }
        let separator =
            text[start..<end].firstIndex(of: UInt8(ascii: ","))
            ?? text[start..<end].firstIndex(of: UInt8(ascii: ";"))
            ?? text[start..<end].firstIndex(of: UInt8(ascii: " "))
        guard let separator,
            let first = NumberParsing.number(UnsafeBufferPointer(rebasing: text[start..<separator])),
            let second = NumberParsing.number(UnsafeBufferPointer(rebasing: text[(separator + 1)..<end]))
        else { return .failure(.notCoordinates) }
        return .success(isPoint ? (first, second) : (second, first))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
