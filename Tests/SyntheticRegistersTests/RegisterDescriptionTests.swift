import Foundation
import SyntheticRegisters
import Testing

@Suite struct RegisterDescriptionTests {
    /// One thing is wrong after the replacement; the error names its line and entry.
    @Test(arguments: [
        ("firms = 20000", "firms = many", "firms: 'many' is not a whole number"),
        ("firms = 20000", "firms = 0", "firms: 0 is not between 1 and 2000000000"),
        ("firms = 20000", "firms = 7000", "firms: the plants alone hold more than 7000"),
        ("scattered = 0.2", "scattered = 1.5", "scattered: 1.5 is not between 0.0 and 1.0"),
        ("scattered = 0.2", "scatered = 0.2", "[region] does not know scatered; it knows name, "),
        ("scattered = 0.2", "scattered", "[region] wants lines of the form key = value"),
        ("scattered = 0.2", "periphery = 0.2", "periphery appears twice in [region]"),
        ("scattered = 0.2", "# gone", "[region] needs scattered"),
        ("[outline]", "[contour]", "no section is called [contour]; there are region, "),
        ("[outline]", "[region]", "section [region] appears twice"),
        ("[outline]", "[outline", "a section name ends with ]"),
        ("[towns]", "[towns]\nname | county", "[towns] has the columns name | county | longitude | "),
        ("Puzhou      | Longwan  |", "Puzhou      |", "6 cells where [towns] has 7 columns"),
        ("Puzhou      |", "Lucheng |", "name: Lucheng appears twice"),
        ("| 120.735   |", "| 122.735   |", "longitude: Puzhou is outside the outline"),
        ("| 120.735   |", "| east |", "longitude: 'east' is not a number"),
        ("| 120.735   |", "| nan |", "longitude: 'nan' is not a number"),
        ("| Puzhou      | -600", "| Puchou | -600", "town: [towns] has no Puchou"),
        ("| 0    | sonobe2004", "| 0    | nobody", "source: [sources] has no nobody"),
        ("| quality    | hub-and-spoke", "| mature | hub-and-spoke", "stage: 'mature' is none of initiation, "),
        ("| 4923     | 0.35", "| 9999 | 0.35", "industry: [industries] has no 9999"),
        ("0113 |", "0111 |", "code: 0111 appears twice"),
        ("| 1978 | quality", "| 1950 | quality", "start: 1950 is not between 1978 and 2024"),
        ("0111 | Grain ", "0111 | ", "product: is empty"),
        ("0111 | Grain ", "0111 | Grain, Rice", "product: holds a comma or a quote"),
    ])
    func errorsNameLineAndEntry(original: String, replacement: String, message: String) throws {
        let text = try SampleFiles.text()
        let start = try #require(text.range(of: original))
        let broken = text.replacingCharacters(in: start, with: replacement)
        let error = #expect(throws: DescriptionError.self) { try RegisterDescription(parsing: broken) }
        let found = try #require(error)
        #expect(found.message.hasPrefix(message))
        if message.contains("alone") || message.contains("is not") || message.contains("appears twice in") {
            let line = text[..<start.lowerBound].split(omittingEmptySubsequences: false) { $0.isNewline }.count
            #expect(found.line == line)
            #expect("\(found)" == "line \(line): \(found.message)")
        }
    }

    @Test func missingSectionsAreNamed() throws {
        let text = try SampleFiles.text()
        let cut = try #require(text.range(of: "[plants]"))
        #expect(throws: DescriptionError.self) { try RegisterDescription(parsing: String(text[..<cut.lowerBound])) }
        #expect(throws: DescriptionError.self) { try RegisterDescription(parsing: "") }
        let error = #expect(throws: DescriptionError.self) { try RegisterDescription(parsing: "name = x") }
        #expect(error?.description == "line 1: text before the first [section]")
    }

    @Test func lineEndsAndBlanksDoNotMatter() throws {
        let text = try SampleFiles.text()
        let windows = text.replacing("\n", with: "\r\n").replacing(" | ", with: "|")
        #expect(try RegisterDescription(parsing: windows) == RegisterDescription(parsing: text))
    }
}
