import Testing

@testable import FirmInput

@Suite struct EmploymentBandTests {
    @Test(arguments: [
        ("0 a 5 personas", 2.5), ("251 y más personas", 376.5), ("10 to 19", 14.5), ("50+", 75), ("50 and up", 75),
        ("1 ou 2 salariés", 1.5), ("20 à 49 salariés", 34.5), ("0 salarié", 0), ("1 000 à 1 999 salariés", 1499.5),
        ("10 000 salariés et plus", 15000), ("1,000-4,999", 2999.5), ("mehr als 500", 750),
        ("10 bis 19 Beschäftigte", 14.5),
        ("bis 9", 4.5), ("weniger als 10", 5), ("< 10", 5), ("up to 10", 5), (">250", 375), ("500 ou mais", 750),
        ("50–99", 74.5), ("300人以上", 450), ("12 employees", 12), ("1,234", 1234),
        ("1\u{202F}000 à 1\u{202F}999", 1499.5),
    ])
    func readsBands(text: String, value: Double) {
        #expect(EmploymentBand.value(of: text) == value)
    }

    @Test(arguments: ["Unités non employeuses", "", "n/a", "9 to 3", "1 2 3", "many"])
    func leavesTheRest(text: String) {
        #expect(EmploymentBand.value(of: text) == nil)
    }
}
