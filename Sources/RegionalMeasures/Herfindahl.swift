/// The Herfindahl index of concentration: H = Σ_j z_j², z_j the share of item j.
///
/// 1/N for N items of one size, 1 where one item is all; 1/H is the number of items of one size that would be as
/// concentrated. Over the plants of an industry by employment it says how lumpy the industry is
/// (``EmploymentQuotient``, ``EmploymentDartboardTest``).
public enum Herfindahl {
    /// H of amounts such as the employees of each plant; nil where they add up to 0.
    ///
    /// The sum runs in the order given: pass the plants in a canonical order for the same last digit every time.
    ///
    /// - Precondition: no amount is negative or infinite.
    public static func index(of amounts: some Sequence<Double>) -> Double? {
        var sum = 0.0
        var squares = 0.0
        for amount in amounts {
            precondition(amount >= 0 && amount.isFinite, "an amount is not negative")
            sum += amount
            squares += amount * amount
        }
        return sum > 0 ? squares / sum / sum : nil
    }
}
