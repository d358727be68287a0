import FirmModel

/// The groups to detect: one for each industry, or for each that was selected.
struct IndustryGroups {
    /// Indices into the register's codes, ascending.
    let industries: [Int32]
    /// Patterns of the selection that no code of the register matches.
    let unmatched: [String]

    init(_ selection: IndustrySelection?, codes: [String]) {
        guard let selection else {
            industries = (0..<Int32(codes.count)).map { $0 }
            unmatched = []
            return
        }
        industries = (0..<Int32(codes.count)).filter { selection.contains(codes[Int($0)]) }
        unmatched = selection.unmatched(in: codes)
    }
}
