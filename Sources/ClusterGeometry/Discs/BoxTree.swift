/// Boxes around consecutive centers, and around consecutive boxes: what a disc need not look at is passed over in a few
/// steps, however many centers it holds.
struct BoxTree<Point: SIMD> where Point.Scalar == Double {
    private struct Box {
        var lowest: Point
        var highest: Point
    }

    /// Centers to a box of the lowest level, and boxes to one of the next.
    private static var leaf: Int { 8 }
    private static var fanOut: Int { 8 }

    /// From the lowest level up.
    private var levels: [[Box]] = []
    /// How many centers a box of each level holds.
    private var spans: [Int] = []

    init(_ count: Int, center: (Int) -> Point) {
        var boxes = stride(from: 0, to: count, by: Self.leaf).map { start in
            (start..<min(count, start + Self.leaf)).reduce(Box(lowest: center(start), highest: center(start))) {
                let point = center($1)
                return Box(
                    lowest: pointwiseMin($0.lowest, point), highest: pointwiseMax($0.highest, point))
            }
        }
        var span = Self.leaf
        while true {
            levels.append(boxes)
            spans.append(span)
            guard boxes.count > 1 else { return }
            boxes = stride(from: 0, to: boxes.count, by: Self.fanOut).map { start in
                boxes[start..<min(boxes.count, start + Self.fanOut)].reduce(boxes[start]) {
                    Box(
                        lowest: pointwiseMin($0.lowest, $1.lowest),
                        highest: pointwiseMax($0.highest, $1.highest))
                }
            }
            span *= Self.fanOut
        }
    }

    /// Calls `visit` for the centers of a range, but for those in boxes that `matters` refuses when their turn comes,
    /// until it returns true; tells whether it did.
    func forEach(
        in range: Range<Int>, where matters: (_ lowest: Point, _ highest: Point) -> Bool, _ visit: (Int) -> Bool
    ) -> Bool {
        forEach(in: range, level: levels.count - 1, box: 0, where: matters, visit)
    }

    private func forEach(
        in range: Range<Int>, level: Int, box index: Int, where matters: (_ lowest: Point, _ highest: Point) -> Bool,
        _ visit: (Int) -> Bool
    ) -> Bool {
        let held = range.clamped(to: index * spans[level]..<(index + 1) * spans[level])
        if held.isEmpty { return false }
        let box = levels[level][index]
        guard matters(box.lowest, box.highest) else { return false }
        if level == 0 { return held.contains(where: visit) }
        let children = index * Self.fanOut..<min(levels[level - 1].count, (index + 1) * Self.fanOut)
        return children.contains { forEach(in: held, level: level - 1, box: $0, where: matters, visit) }
    }
}
