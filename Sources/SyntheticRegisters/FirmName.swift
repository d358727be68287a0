import FirmModel

/// A made-up name: three syllables, what the firm makes, and what it calls itself.
struct FirmName: Sendable, Equatable {
    private let first: UInt8
    private let second: UInt8
    private let third: UInt8
    private let form: UInt8

    init(_ random: inout RandomStream) {
        let bits = random.next()
        first = UInt8(truncatingIfNeeded: bits & 15)
        second = UInt8(truncatingIfNeeded: (bits >> 8) & 15)
        third = UInt8(truncatingIfNeeded: (bits >> 16) & 15)
        form = UInt8(truncatingIfNeeded: (bits >> 24) & 15)
    }

    /// Whether the name needs quotes in CSV.
    var holdsComma: Bool { Self.forms[Int(form)].contains(UInt8(ascii: ",")) }

    func append(product: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(contentsOf: Self.beginnings[Int(first)])
        bytes.append(contentsOf: Self.middles[Int(second)])
        bytes.append(contentsOf: Self.ends[Int(third)])
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: product)
        bytes.append(contentsOf: Self.forms[Int(form)])
    }

    private static let beginnings = syllables(
        "Ba", "Ce", "Do", "Fi", "Ga", "Ho", "Ju", "Ka", "Le", "Mo", "Né", "Po", "Ri", "Su", "Ta", "Vo")
    private static let middles = syllables(
        "bra", "cli", "dri", "fel", "gon", "kul", "lü", "mar", "nis", "pol", "quo", "rin", "sta", "tov", "vel", "zan")
    private static let ends = syllables(
        "bo", "dex", "far", "gil", "ho", "kin", "lor", "mia", "nex", "pan", "rik", "son", "tal", "una", "vix", "zo")
    private static let forms = syllables(
        " Works", " Factory", " Workshop", " Company", " Works", " Factory", " Workshop", " Company", " House",
        " Makers", " & Sons", " Brothers", " Group", " Trading", " Union", " Co., Ltd.")

    private static func syllables(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
