/// Points and lines between two axes.
public struct Chart: Sendable, Equatable {
    /// A line across the chart at a number of the vertical axis, or along the diagonal where both axes are equal.
    public enum Reference: Sendable, Equatable {
        /// Level, at a number, with a few words beside it.
        case level(Double, label: String)
        /// Where the number on both axes is the same.
        case diagonal
    }

    /// What is above it; nothing for a single chart, which its figure names.
    public var heading: String
    /// The horizontal axis.
    public var x: Axis
    /// The vertical axis.
    public var y: Axis
    /// What is shown.
    public var series: [Series]
    /// Lines to compare with.
    public var references: [Reference]

    /// A chart of some series.
    public init(_ heading: String = "", x: Axis, y: Axis, series: [Series], references: [Reference] = []) {
        self.heading = heading
        self.x = x
        self.y = y
        self.series = series
        self.references = references
    }

    /// The axes with range and ticks for these series.
    func fittedAxes() -> (x: FittedAxis, y: FittedAxis) {
        let points = series.flatMap(\.drawable)
        let levels = references.compactMap { reference in
            if case .level(let number, _) = reference { number } else { nil }
        }
        let limits = series.filter { $0.style != .line }.flatMap(\.drawable).compactMap(\.limits)
        return (
            x.fitted(to: points.map(\.x)),
            y.fitted(to: points.map(\.y) + limits.flatMap { [$0.lowerBound, $0.upperBound] } + levels)
        )
    }
}
