extension Figure {
    /// The drawing as the text of an SVG file.
    public func svg() -> String {
        let rows = (charts.count + columns - 1) / columns
        let legend = legendRows()
        let header = 40 + 18 * Double(notes.count) + 22 * Double(legend.count)
        var drawing = Drawing(width: width, height: header + Double(rows) * Panel.height + 8)

        drawing.text(title, x: Self.margin, y: 32, style: "title")
        var y = 52.0
        for note in notes {
            drawing.text(note, x: Self.margin, y: y, style: "small")
            y += 18
        }
        for row in legend {
            draw(row, y: y, on: &drawing)
            y += 22
        }
        for (index, chart) in charts.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: columns)
            let panel = Panel(
                chart, left: Self.margin + Double(column) * panelWidth, top: header + Double(row) * Panel.height,
                width: panelWidth)
            panel.draw(on: &drawing) { look(of: $0) }
        }
        return drawing.document(title: title)
    }

    private static let margin = 24.0

    /// Three panels, or fewer wider ones, fill the width of a page.
    private var panelWidth: Double {
        switch columns {
        case 1: 592
        case 2: 456
        default: 304
        }
    }

    private var width: Double { 2 * Self.margin + Double(columns) * panelWidth }

    private func look(of name: String) -> SeriesLook { SeriesLook(number: names.firstIndex(of: name) ?? 0) }

    /// A legend says nothing where there is one series.
    private func legendRows() -> [[(name: String, x: Double)]] {
        guard names.count > 1 else { return [] }
        var rows: [[(name: String, x: Double)]] = [[]]
        var x = Self.margin
        for name in names {
            // Fonts differ from reader to reader; no common one has wider capitals at this size.
            let needed = 34 + 8.6 * Double(name.count) + 14
            if x + needed > width - Self.margin, x > Self.margin {
                rows.append([])
                x = Self.margin
            }
            rows[rows.count - 1].append((name, x))
            x += needed
        }
        return rows
    }

    private func draw(_ row: [(name: String, x: Double)], y: Double, on drawing: inout Drawing) {
        for entry in row {
            let look = look(of: entry.name)
            drawing.line(
                through: [(entry.x, y), (entry.x + 26, y)], style: "line", color: look.color, lineWidth: "2")
            if charts.contains(where: { $0.series.contains { $0.name == entry.name && $0.style != .line } }) {
                look.draw(atX: entry.x + 13, y: y, isFilled: true, on: &drawing)
            }
            drawing.text(entry.name, x: entry.x + 34, y: y + 4.5)
        }
    }
}
