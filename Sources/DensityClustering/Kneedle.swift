/// The knee of a rising curve after Satopää, Albrecht, Irwin & Raghavan (2011), "Finding a 'Kneedle' in a Haystack":
/// where its steep part and its flat part meet.
///
///     Kneedle(.concave).knee(x: [0, 1, 2, 3, 4], y: [0, 6, 8, 9, 9.5])     // 1
///
/// Both axes are scaled to 0...1, and a convex curve is turned by half a circle, which makes it concave. Of the difference
/// curve D_i = y_i − x_i every local maximum is a candidate. It is the knee as soon as the difference falls below
///
///     T = D_max − S · mean(x_{i+1} − x_i)
///
/// before the next local maximum. The first candidate that gets there is taken. Both ends of the curve and every point of a
/// plateau can be maxima. The local minima of the paper decide nothing: from there the difference only rises to the next maximum.
///
/// It finds what kneed 0.9.0 finds (offline, without smoothing).
public struct Kneedle: Sendable {
    /// Which way the curve bends.
    public enum Bend: Sendable, CaseIterable {
        /// Steeper and steeper, as a k-distance curve.
        case convex
        /// Flatter and flatter.
        case concave
    }

    /// Which way the curve bends.
    public var bend: Bend
    /// S: how many mean spacings the difference has to fall. The larger, the more points of decline are needed; 1 in the
    /// paper.
    public var sensitivity: Double

    /// - Precondition: `sensitivity` is a number that is not negative.
    public init(_ bend: Bend, sensitivity: Double = 1) {
        precondition(sensitivity >= 0, "sensitivity \(sensitivity)")
        self.bend = bend
        self.sensitivity = sensitivity
    }

    /// The index of the knee; nil where there is none: on a straight or constant curve, or with fewer than two points.
    ///
    /// - Parameters:
    ///   - x: strictly ascending, finite.
    ///   - y: as many, ascending as a rule, finite.
    /// - Complexity: O(n), nothing is stored.
    public func knee<X, Y>(x: X, y: Y) -> Int?
    where X: RandomAccessCollection<Double>, Y: RandomAccessCollection<Double>, X.Index == Int, Y.Index == Int {
        precondition(x.count == y.count, "\(x.count) x, \(y.count) y")
        guard let left = x.first, let right = x.last, right > left,
            let low = y.min(), let high = y.max(), high > low
        else { return nil }
        let last = x.count - 1

        /// D at a step of the way from the steep end to the flat one.
        func difference(_ step: Int) -> Double {
            switch bend {
            case .concave:
                return (y[y.startIndex + step] - low) / (high - low) - (x[x.startIndex + step] - left) / (right - left)
            case .convex:
                let place = last - step
                return (1 - (y[y.startIndex + place] - low) / (high - low))
                    - (1 - (x[x.startIndex + place] - left) / (right - left))
            }
        }

        let fall = sensitivity / Double(last)
        var candidate: (step: Int, threshold: Double)?
        var (before, here) = (difference(0), difference(0))
        for step in 0..<last {
            let next = difference(step + 1)
            if here >= before, here >= next { candidate = (step, here - fall) }
            if let candidate, next < candidate.threshold {
                return bend == .concave ? candidate.step : last - candidate.step
            }
            (before, here) = (here, next)
        }
        return nil
    }
}
