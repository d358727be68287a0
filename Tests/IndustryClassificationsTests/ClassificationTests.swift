import DelimitedText
import Foundation
import IndustryClassifications
import Testing

@Suite struct ClassificationTests {
    @Test(arguments: [
        ("naics2012", 1065, "111110", "Soybean Farming"),
        ("naics2022", 1012, "111110", "Soybean Farming"),
        ("SCIAN2018", 2119, "1111", "Cultivo de semillas oleaginosas, leguminosas y cereales"),
        ("isic3.1", 538, "0111", "Growing of cereals and other crops n.e.c."),
        ("ISIC 4", 766, "95.29", "Repair of other personal and household goods"),
        ("nace2", 996, "3040", "Manufacture of military fighting vehicles"),
        ("nace2.1", 1047, "01.1", "Growing of non-perennial crops"),
        ("naf2", 1728, "01.19", "Autres cultures non permanentes"),
        ("cnae2", 1065, "0111-3", "Cultivo de cereais"),
        ("jsic13", 2109, "5792", "Underwear"),
    ])
    func hasTitles(name: String, count: Int, code: String, title: String) throws {
        let classification = try Classification(named: name)
        #expect(classification.count == count)
        #expect(classification.title(of: code) == title)
    }

    @Test func everyNameHasAList() throws {
        for name in Classification.names { #expect(try Classification(named: name).count > 500) }
    }

    @Test func spellingDoesNotMatter() throws {
        let naf = try Classification(named: "naf2")
        let title = naf.title(of: "68.20A")
        #expect(title != nil)
        #expect(naf.title(of: "6820A") == title)
        #expect(naf.title(of: " 6820 a") == title)
        #expect(naf.title(of: "9999X") == nil)
    }

    @Test func titlesAreNotBorrowed() throws {
        let naics = try Classification(named: "naics2017")
        #expect(naics.title(of: "31-33") == nil)
        #expect(naics.title(of: "3118") == nil)
        #expect(naics.contains("31-33"))
        #expect(naics.contains("3118"))
        #expect(!naics.contains("3199"))
        #expect(!naics.contains("01-02"))
        #expect(!naics.contains(""))
    }

    @Test func codesAreText() {
        #expect(IndustryCode.normalized("06.10") == "0610")
        #expect(IndustryCode.normalized(" 31-33 ") == "31-33")
        #expect(IndustryCode.normalized("01.11-3") == "01113")
        #expect(IndustryCode.truncated("062010", level: 3) == "062")
        #expect(IndustryCode.truncated("31-33", level: 2) == "31-33")
        #expect(IndustryCode.truncated("06", level: 3) == "06")
        #expect(IndustryCode.truncated("062010", level: nil) == "062010")
    }

    @Test func readsAFile() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("list-\(UUID().uuidString).csv")
        try Data("title;code\nShoes;15.2\n\"Locks; keys\";25.7\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let classification = try Classification(named: file.path)
        #expect(classification.count == 2)
        #expect(classification.title(of: "152") == "Shoes")
        #expect(classification.title(of: "25.7") == "Locks; keys")
    }

    @Test func unknownNameIsUsage() {
        #expect { try Classification(named: "naics1850") } throws: { ($0 as? InputError)?.category == .usage }
        #expect { try Classification(named: "missing.csv") } throws: { ($0 as? InputError)?.category == .noInput }
    }
}
