import ParallelWork
import SpatialIndex

/// Several labellings side by side: a row for each firm with its industry in every labelling, so that one walk along the firms
/// counts for all of them.
///
/// What a row holds are places in a table of counts, a stretch of it for each labelling: a firm is counted by adding to the places
/// of its row, without looking up anything else.
struct LabelRows: Sendable {
    /// Labellings side by side.
    let lanes: Int
    /// Length of the stretch of counts of a labelling.
    let stride: Int
    /// `places[firm * lanes + lane]`.
    let places: Column<UInt16>
    /// What firms count for, like `places`; nil where each counts for 1.
    let amounts: Column<UInt32>?

    /// The most labellings that go side by side: places have 16 bits, and the counts should stay in the nearest cache.
    static func lanes(stride: Int) -> Int { max(1, min(64, (1 << 16) / stride, (24 << 10) / stride)) }

    /// - Parameter columns: for each industry its column in the stretch.
    init(_ labellings: ArraySlice<ScanLabelling>, columns: [Int], stride: Int, workers: Workers) throws {
        let labellings = Array(labellings)
        let firmCount = labellings.first?.industries.count ?? 0
        let lanes = labellings.count
        (self.lanes, self.stride) = (lanes, stride)
        places = Column(count: firmCount * lanes)
        amounts = labellings.contains { !$0.amounts.isEmpty } ? Column(count: firmCount * lanes) : nil
        let (places, amounts) = (places.shared, amounts?.shared)
        try workers.forEach(in: 0..<firmCount, grain: 1 << 12) { firms, _ in
            for (lane, labelling) in labellings.enumerated() {
                let start = lane * stride
                for firm in firms {
                    let column = columns[Int(labelling.industries[firm])]
                    places[firm * lanes + lane] = UInt16(truncatingIfNeeded: start + column)
                    amounts?[firm * lanes + lane] = UInt32(truncatingIfNeeded: labelling.amount(firm))
                }
            }
        }
    }
}
