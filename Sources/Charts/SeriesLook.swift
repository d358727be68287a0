/// The color and the mark that tell one series from the others, by its number.
///
/// Colors are those of the project's figures; marks differ as well, for those who see colors alike and for print.
struct SeriesLook {
    private let number: Int

    init(number: Int) { self.number = number }

    /// Colors on a light and on a dark page.
    static let colors = [
        (light: "#0060b0", dark: "#58b0ff"), (light: "#d1500f", dark: "#ff9257"), (light: "#0b7f5c", dark: "#4fd1a5"),
        (light: "#a63d8f", dark: "#ee92d8"), (light: "#8a6d00", dark: "#e0be4a"),
    ]

    var color: String { "var(--c\(number % Self.colors.count))" }

    /// A mark at a point, filled where it stands at its number, and open where it was moved to the edge of the chart.
    func draw(atX x: Double, y: Double, isFilled: Bool, on drawing: inout Drawing) {
        let paint = [
            ("fill", isFilled ? color : "var(--ground)"), ("stroke", color), ("stroke-width", "1.5"),
        ]
        let place = "M\(NumberText.short(x)) \(NumberText.short(y))"
        switch number % 4 {
        case 0:
            drawing.add(
                "circle", [("cx", NumberText.short(x)), ("cy", NumberText.short(y)), ("r", "4")] + paint)
        case 1: drawing.add("path", [("d", place + "m-3.8-3.8h7.6v7.6h-7.6z")] + paint)
        case 2: drawing.add("path", [("d", place + "m0-4.8l4.6 8.2h-9.2z")] + paint)
        default: drawing.add("path", [("d", place + "m0-5.2l5.2 5.2l-5.2 5.2l-5.2-5.2z")] + paint)
        }
    }
}
