import Foundation

/// Ascending distances drawn with characters: firms from left to right, the logarithm of the distance upward.
struct CurvePlot {
    /// A distance to be shown on the curve and named at its right.
    struct Mark {
        var distance: Double
        var name: String
    }

    /// Characters of the plot itself. Each holds two dots side by side and four above each other (Braille patterns).
    static let (width, height) = (60, 12)
    private static let (dotColumns, dotRows) = (2 * width, 4 * height)
    private static let blank: Character = "\u{2800}"
    /// The axis ends this much below the largest distance; what is nearer lies on the bottom line.
    private static let longestAxis = 1e5

    /// One for each line of the plot, with the distances of the axis and the marks, and one for the axis of firms.
    let lines: [String]

    /// - Parameter distances: ascending and finite, some of them positive.
    init(_ distances: some RandomAccessCollection<Double>, marks: [Mark]) {
        guard let highest = distances.last, let lowest = distances.first(where: { $0 > 0 }) else {
            lines = []
            return
        }
        let scale = LogarithmicScale(
            low: max(lowest, highest / Self.longestAxis), high: highest, steps: Self.dotRows - 1)

        // Cells from the top, left to right; the curve goes up in one stroke from each column of dots to the next.
        var cells = [[UInt32]](repeating: [UInt32](repeating: 0, count: Self.width), count: Self.height)
        var previous: Int?
        for column in 0..<Self.dotColumns {
            let place = (distances.count - 1) * column / (Self.dotColumns - 1)
            let dot = scale.step(of: distances[distances.index(distances.startIndex, offsetBy: place)])
            for step in min(previous.map { $0 + 1 } ?? dot, dot)...dot {
                let row = Self.dotRows - 1 - step
                cells[row / 4][column / 2] |= Self.bit(column: column % 2, row: row % 4)
            }
            previous = dot
        }
        var characters = cells.map { $0.map { Character(Unicode.Scalar(0x2800 + $0) ?? "\u{2800}") } }
        var names = [[String]](repeating: [], count: Self.height)
        for mark in marks {
            let place = distances.count { $0 < mark.distance }
            let row = Self.row(ofStep: scale.step(of: mark.distance))
            let column = distances.count > 1 ? (Self.width - 1) * place / (distances.count - 1) : 0
            characters[row][min(column, Self.width - 1)] = "●"
            names[row].append(mark.name)
        }

        var labels = [String](repeating: "", count: Self.height)
        for tick in scale.ticks { labels[Self.row(ofStep: scale.step(of: tick))] = Self.distanceText(tick) }
        let margin = labels.map(\.count).max() ?? 0
        var lines = (0..<Self.height).map { row in
            let label = String(repeating: " ", count: margin - labels[row].count) + labels[row]
            var line = String(characters[row]) + (names[row].isEmpty ? "" : " ← " + names[row].joined(separator: ", "))
            while line.last == Self.blank { line.removeLast() }
            return "\(label) \(labels[row].isEmpty ? "│" : "┤")\(line)"
        }
        // The three in the middle are centered below their place.
        let axis = "0 %" + Self.padded("25 %", 14) + Self.padded("50 %", 15) + Self.padded("75 %", 15)
        lines.append(String(repeating: " ", count: margin + 2) + axis + Self.padded("100 %", Self.width - axis.count))
        self.lines = lines
    }

    private static func row(ofStep step: Int) -> Int { height - 1 - step / 4 }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// The dots of a Braille pattern are numbered 1 to 3 and 4 to 6 down its columns, with 7 and 8 added below.
    private static func bit(column: Int, row: Int) -> UInt32 {
        row == 3 ? 0x40 << UInt32(column) : 1 << UInt32(row + 3 * column)
    }

    private static func distanceText(_ meters: Double) -> String {
        meters >= 1000 ? "\(readable(meters / 1000)) km" : "\(readable(meters)) m"
    }
}

/// A logarithmic axis of whole steps.
private struct LogarithmicScale {
    let low, high: Double
    /// The step of ``high``; that of ``low`` is 0.
    let steps: Int

    /// The step nearest to a value, which is taken into the axis.
    func step(of value: Double) -> Int {
        guard high > low, value > low else { return 0 }
        return min(steps, Int((Double(steps) * log(value / low) / log(high / low)).rounded()))
    }

    /// Powers of ten on the axis, with twice and five times as much where there are few of them, or else its ends.
    var ticks: [Double] {
        let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        let factors: [Double] = log10(high / low) < 3 ? [1, 2, 5] : [1]
        let round = decades.flatMap { decade in factors.map { $0 * pow(10, Double(decade)) } }
            .filter { $0 >= low && $0 <= high }
        return round.count > 1 ? round : [low, high]
    }
}
