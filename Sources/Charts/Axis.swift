import RealModule

/// One side of a chart: what is measured along it, and how numbers become positions.
public struct Axis: Sendable, Equatable {
    /// How numbers are spaced.
    public enum Scale: Sendable, Equatable {
        /// Equal differences are equally far apart.
        case linear
        /// Equal ratios are equally far apart; only numbers above 0 have a place.
        case logarithmic
    }

    /// What is measured, with its unit.
    public var label: String
    /// How numbers are spaced.
    public var scale: Scale
    /// From where to where; chosen to hold all points and to end at ticks when nil.
    public var range: ClosedRange<Double>?
    /// The numbers that are written along it; round ones are chosen when nil.
    public var ticks: [Double]?

    /// An axis with a label.
    public init(
        _ label: String, scale: Scale = .linear, range: ClosedRange<Double>? = nil, ticks: [Double]? = nil
    ) {
        self.label = label
        self.scale = scale
        self.range = range
        self.ticks = ticks
    }

    /// The axis with what was left open decided for the numbers it has to show.
    func fitted(to numbers: [Double]) -> FittedAxis {
        let shown = numbers.filter { $0.isFinite && (scale == .linear || $0 > 0) }
        let smallest = shown.min() ?? (scale == .linear ? 0 : 1)
        let span = range ?? smallest...max(smallest, shown.max() ?? 1)
        let chosen = Ticks.around(span, scale: scale)
        let limits = range ?? (chosen.first ?? span.lowerBound)...(chosen.last ?? span.upperBound)
        let written = (ticks ?? chosen).filter { limits.contains($0) }
        return FittedAxis(scale: scale, limits: limits, ticks: written)
    }
}

/// An axis whose range and ticks are known.
struct FittedAxis: Equatable {
    let scale: Axis.Scale
    let limits: ClosedRange<Double>
    let ticks: [Double]

    /// Where a number lies between the ends, 0 to 1. What lies beyond an end is put there; so is, on a logarithmic axis,
    /// what has no logarithm.
    func position(_ number: Double) -> Double {
        let inside = min(max(number, limits.lowerBound), limits.upperBound)
        let low = placed(limits.lowerBound)
        return (placed(inside) - low) / (placed(limits.upperBound) - low)
    }

    /// Whether a number is between the ends, so that ``position(_:)`` is its own.
    func shows(_ number: Double) -> Bool { limits.contains(number) }

    private func placed(_ number: Double) -> Double { scale == .linear ? number : .log(number) }
}
