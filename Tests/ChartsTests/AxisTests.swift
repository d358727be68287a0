import Testing

@testable import Charts

@Suite struct AxisTests {
    @Test func positionsFollowTheScale() {
        let linear = Axis("share", range: 0...10).fitted(to: [])
        #expect(linear.position(2.5) == 0.25)
        let logarithmic = Axis("firms", scale: .logarithmic, range: 1...100).fitted(to: [])
        #expect(abs(logarithmic.position(10) - 0.5) < 1e-15)
    }

    @Test func whatIsBeyondAnEndIsPutThere() {
        let axis = Axis("share", scale: .logarithmic, range: 0.01...1).fitted(to: [])
        #expect(axis.position(0) == 0)
        #expect(axis.position(7) == 1)
        #expect(!axis.shows(0))
        #expect(axis.shows(0.01))
    }

    @Test func rangeHoldsErrorBarsAndReferences() {
        let chart = Chart(
            x: Axis("x"), y: Axis("y"),
            series: [Series("a", points: [.init(x: 1, y: 0.5, limits: 0.31...0.72), .init(x: 2, y: .nan)])],
            references: [.level(0.93, label: "level")])
        let limits = chart.fittedAxes().y.limits
        #expect(limits.lowerBound <= 0.31 && limits.upperBound >= 0.93)
    }

    @Test func ticksOfOnesOwnStayInsideTheRange() {
        let axis = Axis("firms", scale: .logarithmic, range: 40...600, ticks: [20, 50, 150, 500]).fitted(to: [])
        #expect(axis.ticks == [50, 150, 500])
    }

    @Test func nothingToShowStillHasAnAxis() {
        for scale in [Axis.Scale.linear, .logarithmic] {
            let axis = Axis("nothing", scale: scale).fitted(to: [])
            #expect(axis.limits.lowerBound < axis.limits.upperBound)
            #expect(axis.ticks.count >= 2)
        }
    }
}
