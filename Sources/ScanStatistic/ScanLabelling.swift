/// Which industry each firm belongs to and, where employees are scanned, how many it has: the observed register, or a
/// simulated one.
public struct ScanLabelling: Sendable {
    /// For each canonical position of `Sites` the industry of the firm, from 0.
    public let industries: [Int32]
    /// For each canonical position what the firm counts for, in whole units of the caller's choice; empty when each counts for 1.
    public let amounts: [Int32]

    /// - Precondition: no amount is negative; there are none, or one for each firm.
    public init(industries: [Int32], amounts: [Int32] = []) {
        precondition(amounts.isEmpty || amounts.count == industries.count, "an amount for each firm")
        precondition(amounts.allSatisfy { $0 >= 0 }, "amounts are not negative")
        self.industries = industries
        self.amounts = amounts
    }

    /// What the firm at a position counts for.
    func amount(_ position: Int) -> Int { amounts.isEmpty ? 1 : Int(amounts[position]) }
}
