import ScanStatistic
import Testing

@Suite struct ScanModelTests {
    @Test func namesAreThoseOfTheOutput() {
        #expect(ScanModel.allCases.map(\.rawValue) == ["bernoulli", "poisson"])
    }
}
