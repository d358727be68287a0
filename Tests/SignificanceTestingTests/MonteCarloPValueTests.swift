import SignificanceTesting
import Testing

@Suite struct MonteCarloPValueTests {
    @Test func theObservedRegisterCountsAsOne() {
        #expect(MonteCarloPValue(exceedances: 0, simulations: 999).value == 0.001)
        #expect(MonteCarloPValue(exceedances: 999, simulations: 999).value == 1)
        #expect(MonteCarloPValue(exceedances: 0, simulations: 0).value == 1)
    }

    @Test func stoppedAtTheLastExceedanceItIsTheShareOfThem() {
        #expect(MonteCarloPValue(exceedances: 10, simulations: 40, isStopped: true).value == 0.25)
    }
}
