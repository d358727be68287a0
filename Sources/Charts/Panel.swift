/// One chart at its place in a figure.
struct Panel {
    static let height = 312.0
    // Room around the frame for heading, numbers and labels.
    private static let (above, below, before, after) = (34.0, 52.0, 60.0, 14.0)

    private let chart: Chart
    private let x: FittedAxis
    private let y: FittedAxis
    private let left: Double
    private let right: Double
    private let top: Double
    private let bottom: Double

    init(_ chart: Chart, left: Double, top: Double, width: Double) {
        self.chart = chart
        (x, y) = chart.fittedAxes()
        self.left = left + Self.before
        right = left + width - Self.after
        self.top = top + Self.above
        bottom = top + Self.height - Self.below
    }

    /// - Parameter look: color and mark of the series with a name.
    func draw(on drawing: inout Drawing, look: (String) -> SeriesLook) {
        drawAxes(on: &drawing)
        for reference in chart.references { draw(reference, on: &drawing) }
        let marked = chart.series.filter { $0.style != .line }.map(\.name)
        for series in chart.series {
            // Error bars at the same number stand side by side.
            let place = marked.firstIndex(of: series.name).map { Double($0) - Double(marked.count - 1) / 2 } ?? 0
            draw(series, look(series.name), shift: 5 * place, on: &drawing)
        }
    }

    private func horizontal(_ number: Double) -> Double { left + (right - left) * x.position(number) }
    private func vertical(_ number: Double) -> Double { bottom - (bottom - top) * y.position(number) }

    private func drawAxes(on drawing: inout Drawing) {
        drawing.text(chart.heading, x: left, y: top - 10, style: "heading")
        for tick in x.ticks {
            let place = horizontal(tick)
            drawing.line(through: [(place, top), (place, bottom)], style: "grid")
            drawing.text(NumberText.tick(tick), x: place, y: bottom + 17, anchor: .middle, style: "small")
        }
        for tick in y.ticks {
            let place = vertical(tick)
            drawing.line(through: [(left, place), (right, place)], style: "grid")
            drawing.text(NumberText.tick(tick), x: left - 7, y: place + 4, anchor: .end, style: "small")
        }
        drawing.add(
            "rect",
            [
                ("x", NumberText.short(left)), ("y", NumberText.short(top)),
                ("width", NumberText.short(right - left)), ("height", NumberText.short(bottom - top)),
                ("class", "frame"),
            ])
        drawing.text(chart.x.label, x: (left + right) / 2, y: bottom + 37, anchor: .middle, style: "small")
        drawing.text(
            chart.y.label, x: left - Self.before + 14, y: (top + bottom) / 2, anchor: .middle, style: "small",
            isUpright: true)
    }

    private func draw(_ reference: Chart.Reference, on drawing: inout Drawing) {
        switch reference {
        case .level(let number, let label):
            let place = vertical(number)
            drawing.line(through: [(left, place), (right, place)], style: "reference")
            drawing.text(label, x: right - 5, y: place - 5, anchor: .end, style: "small")
        case .diagonal:
            let low = max(x.limits.lowerBound, y.limits.lowerBound)
            let high = min(x.limits.upperBound, y.limits.upperBound)
            guard low < high else { return }
            drawing.line(
                through: [(horizontal(low), vertical(low)), (horizontal(high), vertical(high))], style: "reference")
        }
    }

    private func draw(_ series: Series, _ look: SeriesLook, shift: Double, on drawing: inout Drawing) {
        let points = series.drawable
        if series.style != .marks, points.count > 1 {
            drawing.line(
                through: points.map { (horizontal($0.x) + shift, vertical($0.y)) }, style: "line", color: look.color,
                lineWidth: "2")
        }
        guard series.style != .line else { return }
        for point in points {
            let (across, up) = (horizontal(point.x) + shift, vertical(point.y))
            if let limits = point.limits {
                let (low, high) = (vertical(limits.lowerBound), vertical(limits.upperBound))
                for bar in [
                    [(across, low), (across, high)], [(across - 4, low), (across + 4, low)],
                    [(across - 4, high), (across + 4, high)],
                ] {
                    drawing.line(through: bar, style: "line", color: look.color, lineWidth: "1.3")
                }
            }
            look.draw(atX: across, y: up, isFilled: x.shows(point.x) && y.shows(point.y), on: &drawing)
        }
    }
}
