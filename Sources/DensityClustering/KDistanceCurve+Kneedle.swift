public import FirmModel

extension KDistanceCurve {
    /// The distance at the knee that ``Kneedle`` finds, followed from the largest finite distance down.
    ///
    /// It answers another question than ``chordKnee``: where the last steep rise of the curve begins, not where the curve as
    /// a whole bends most. With much noise it lies far above the distances within clusters.
    ///
    /// Nil where the curve has no such knee, or has it at a distance of 0.
    ///
    /// - Parameter sensitivity: S of Kneedle; 1 in the paper.
    /// - Complexity: O(n).
    public func kneedleKnee(sensitivity: Double = 1) -> Meters? {
        let finite = distances.prefix { $0.value.isFinite }
        let knee = Kneedle(.convex, sensitivity: sensitivity)
            .knee(x: finite.indices.lazy.map { Double($0) }, y: finite.lazy.map(\.value))
        guard let knee, finite[knee] > 0 else { return nil }
        return finite[knee]
    }
}
