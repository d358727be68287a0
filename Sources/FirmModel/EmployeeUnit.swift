/// Employees in whole multiples of a small unit, so that sums do not depend on the order of what is summed, and the sum of a
/// run of firms is the difference of two running sums.
///
/// The unit is a power of two, at most 1, and as small as 2⁻³² where the register's total leaves room for it: whole numbers,
/// halves and quarters of employees are kept exactly.
package struct EmployeeUnit: Sendable {
    @usableFromInline package let unitsPerEmployee: Double
    /// Whether the employees of some firm are unknown.
    package let someUnknown: Bool

    // No register has more; one that says so all the same must not overflow.
    @inlinable package static var most: Double { 1e290 }

    /// - Parameter numbers: the employees of each firm, NaN where unknown.
    package init(_ numbers: [Double]) {
        var (largest, unknown) = (1.0, 0)
        for number in numbers {
            unknown += number.isNaN ? 1 : 0
            largest = number > largest ? number : largest
        }
        someUnknown = unknown > 0
        let total = min(largest, Self.most) * Double(max(1, numbers.count))
        unitsPerEmployee = Double(sign: .plus, exponent: min(32, 60 - Int(total.exponent)), significand: 1)
    }

    /// The nearest number of units.
    @inlinable package func units(_ employees: Double) -> Int64 {
        Int64((min(employees, Self.most) * unitsPerEmployee).rounded())
    }

    /// The employees in a number of units.
    @inlinable package func employees(_ units: Int64) -> Double { Double(units) / unitsPerEmployee }
}
