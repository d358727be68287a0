import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct FigureTests {
    private static func figure(name: String = "DBSCAN", note: String = "95 percent intervals") -> Figure {
        let points = (1...5).map { index in
            let share = Double(index) / 6
            return Series.Point(x: Double(index * index), y: share, limits: (share - 0.1)...(share + 0.1))
        }
        let chart = Chart(
            "found again", x: Axis("strength", scale: .logarithmic), y: Axis("share", range: 0...1),
            series: [
                Series(name, points: points), Series("curve", points: points, style: .line),
                Series("empty", points: []), Series("gaps", points: [.init(x: .nan, y: 1), .init(x: 2, y: 7)]),
            ], references: [.level(0.05, label: "0.05"), .diagonal])
        return Figure("Power", notes: [note], charts: [chart, chart, chart], columns: 2)
    }

    @Test func drawingIsWellFormed() throws {
        let drawing = try DrawnElements(Self.figure().svg())
        #expect(drawing.counts["svg"] == 1)
        // Three panels with a frame, and the ground.
        #expect(drawing.counts["rect"] == 4)
        #expect(drawing.texts.contains("Power"))
        #expect(drawing.texts.contains("found again"))
    }

    @Test func anyTextIsEscaped() throws {
        let name = "Schuhe & <Leder> \"fein\"\u{1}"
        let drawing = try DrawnElements(Self.figure(name: name, note: "p < 0.05 & q > 1").svg())
        #expect(drawing.texts.contains("Schuhe & <Leder> \"fein\""))
        #expect(drawing.texts.contains("p < 0.05 & q > 1"))
    }

    @Test func sameNumbersGiveTheSameBytes() {
        #expect(Self.figure().svg() == Self.figure().svg())
    }

    @Test func errorBarsAreDrawnForMarksOnly() throws {
        func paths(_ style: Series.Style) throws -> Int {
            let series = Series(
                "a", points: [.init(x: 1, y: 1, limits: 0...2), .init(x: 2, y: 1, limits: 0...2)], style: style)
            let chart = Chart(x: Axis("x", ticks: []), y: Axis("y", ticks: []), series: [series])
            return try DrawnElements(Figure("t", charts: [chart]).svg()).counts["path"] ?? 0
        }
        #expect(try paths(.line) == 1)
        #expect(try paths(.marks) == 6)
        #expect(try paths(.markedLine) == 7)
    }

    @Test func emptyFigureIsADrawing() throws {
        let chart = Chart(x: Axis("x"), y: Axis("y", scale: .logarithmic), series: [])
        #expect(try DrawnElements(Figure("nothing", charts: []).svg()).counts["svg"] == 1)
        #expect(try DrawnElements(Figure("nothing", charts: [chart]).svg()).counts["rect"] == 2)
    }

    @Test func seriesOfOneNameShareALook() throws {
        func chart(_ names: [String]) -> Chart {
            Chart(x: Axis("x"), y: Axis("y"), series: names.map { Series($0, points: [.init(x: 1, y: 1)]) })
        }
        let svg = Figure("t", charts: [chart(["a", "b"]), chart(["b"])], columns: 2).svg()
        // The legend's two marks and one in each panel for each series.
        #expect(svg.components(separatedBy: "stroke=\"var(--c0)\" stroke-width=\"1.5\"").count - 1 == 2)
        #expect(svg.components(separatedBy: "stroke=\"var(--c1)\" stroke-width=\"1.5\"").count - 1 == 3)
    }
}

/// What an XML parser finds in a drawing.
private final class DrawnElements: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var texts: [String] = []
    private var text = ""

    struct Malformed: Error { var reason: String }

    init(_ svg: String) throws {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        guard parser.parse() else { throw Malformed(reason: "\(parser.parserError.map { "\($0)" } ?? "?")") }
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        counts[element, default: 0] += 1
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        texts.append(text)
        text = ""
    }
}
