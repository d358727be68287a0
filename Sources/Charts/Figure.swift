/// Charts under one title with one legend, as an SVG drawing.
///
///     let figure = Figure(
///         "Power", charts: [Chart(x: Axis("strength"), y: Axis("share found"), series: [dbscan, scan])])
///     let svg = figure.svg()
///
/// Readable on light and dark pages: the drawing brings its own ground and follows the reader's preference. The same
/// numbers give the same bytes on every machine.
public struct Figure: Sendable, Equatable {
    /// The title.
    public var title: String
    /// What a reader has to know, in a line or a few: how many, which intervals.
    public var notes: [String]
    /// From left to right, then down.
    public var charts: [Chart]
    /// Charts side by side.
    public var columns: Int

    /// A figure with some charts.
    ///
    /// - Precondition: at least 1 column.
    public init(_ title: String, notes: [String] = [], charts: [Chart], columns: Int = 1) {
        precondition(columns >= 1, "charts need a column")
        self.title = title
        self.notes = notes
        self.charts = charts
        self.columns = columns
    }

    /// The names of all series, each once, in the order in which they first come.
    var names: [String] {
        var names: [String] = []
        for series in charts.flatMap(\.series) where !names.contains(series.name) { names.append(series.name) }
        return names
    }
}
