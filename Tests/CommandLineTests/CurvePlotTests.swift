import Foundation
import Testing

@testable import FirmClustersCommand

@Suite struct CurvePlotTests {
    /// Equal ratios are a straight line on a logarithmic axis.
    @Test func straightLine() {
        let distances = (0..<120).map { pow(10, 3 * Double($0) / 119) }
        let plot = CurvePlot(
            distances, marks: [.init(distance: distances[60], name: "middle"), .init(distance: 1000, name: "end")])
        let expected = """
             1 km ┤⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⡠⠤⠒● ← end
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⡠⠤⠒⠉⠁
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⡠⠔⠒⠉⠁
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⡠⠔⠒⠉
            100 m ┤⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⡠⠔⠒⠉
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀●⣀⡠⠔⠒⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ ← middle
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⠤⠔⠊⠉
             10 m ┤⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⠤⠔⠊⠉
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⠤⠔⠊⠉
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⠤⠔⠊⠉
                  │⠀⠀⠀⠀⢀⣀⠤⠒⠊⠁
              1 m ┤⣀⠤⠒⠊⠁
                   0 %          25 %           50 %           75 %        100 %
            """
        #expect(plot.lines.joined(separator: "\n") == expected)
    }

    /// What has no place on the axis lies on its bottom line: no distance at all, and less than a hundred thousandth of the
    /// largest. A jump is drawn as a line upward.
    @Test func zerosAndTinyDistances() throws {
        let plot = CurvePlot([0, 0, 0, 0.001, 1e4, 1e4], marks: [])
        #expect(plot.lines.count == 13)
        #expect(plot.lines[0].hasPrefix("10 km ┤"))
        #expect(plot.lines[11].hasPrefix("0.1 m ┤" + String(repeating: "⣀", count: 47)))
        #expect(
            plot.lines[1...10].allSatisfy {
                $0.hasSuffix("│" + blanks(48) + "⡇") || $0.hasSuffix("┤" + blanks(48) + "⡇")
            })
    }

    private func blanks(_ count: Int) -> String { String(repeating: "\u{2800}", count: count) }

    @Test func equalDistances() {
        let plot = CurvePlot([7, 7, 7], marks: [.init(distance: 7, name: "all")])
        #expect(plot.lines.count == 13)
        #expect(plot.lines[11] == "7 m ┤●" + String(repeating: "⣀", count: 59) + " ← all")
        let one = CurvePlot([7], marks: [.init(distance: 7, name: "all")])
        #expect(one.lines[11] == plot.lines[11])
    }

    @Test func nothingToDraw() {
        #expect(CurvePlot([], marks: []).lines.isEmpty)
        #expect(CurvePlot([0, 0], marks: []).lines.isEmpty)
    }
}
