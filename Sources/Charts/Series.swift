/// One row of numbers in a chart, with its name in the legend.
public struct Series: Sendable, Equatable {
    /// A point with its limits.
    public struct Point: Sendable, Equatable {
        /// Position along the horizontal axis.
        public var x: Double
        /// Position along the vertical axis.
        public var y: Double
        /// The lower and the upper limit of `y`, drawn as an error bar; none when nil.
        public var limits: ClosedRange<Double>?

        /// A point, with an error bar where there are limits.
        public init(x: Double, y: Double, limits: ClosedRange<Double>? = nil) {
            self.x = x
            self.y = y
            self.limits = limits
        }
    }

    /// How points are drawn.
    public enum Style: Sendable, Equatable {
        /// Marks and error bars, joined by a line.
        case markedLine
        /// A line alone, for curves of many points; error bars are left out.
        case line
        /// Marks and error bars, not joined.
        case marks
    }

    /// The name in the legend. Series with the same name in several charts of a figure share color, mark and legend entry.
    public var name: String
    /// In the order in which a line joins them; points with a coordinate that is not finite are left out.
    public var points: [Point]
    /// How they are drawn.
    public var style: Style

    /// A series with a name.
    public init(_ name: String, points: [Point], style: Style = .markedLine) {
        self.name = name
        self.points = points
        self.style = style
    }

    /// The points that can be drawn.
    var drawable: [Point] { points.filter { $0.x.isFinite && $0.y.isFinite } }
}
