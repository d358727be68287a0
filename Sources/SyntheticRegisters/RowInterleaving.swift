/// A bijection of 0..<count that takes neighboring rows far apart: row ↦ (step · row + offset) mod count, with a step near
/// the golden section of the count.
///
/// It mixes the firms of all plants evenly through the file, needs no memory, and can be inverted, so that any firm can
/// name any other by its row.
struct RowInterleaving: Sendable {
    let count: Int
    private let step: Int
    private let inverseStep: Int
    private let offset: Int

    /// - Precondition: 0 < `count` < 2³¹.
    init(count: Int) {
        precondition(count > 0 && count <= Int(Int32.max))
        self.count = count
        var step = max(1, Int(Double(count) * 0.618_033_988_749_895))
        var inverse = Self.inverse(of: step, modulo: count)
        while inverse == nil {
            step += 1
            inverse = Self.inverse(of: step, modulo: count)
        }
        self.step = step
        inverseStep = inverse ?? 0
        offset = count / 3
    }

    func place(ofRow row: Int) -> Int { (row * step + offset) % count }

    func row(ofPlace place: Int) -> Int { (place - offset + count) % count * inverseStep % count }

    /// The x in 0..<modulus with value · x ≡ 1, by Euclid's algorithm; nil where value and modulus share a factor.
    private static func inverse(of value: Int, modulo modulus: Int) -> Int? {
        var (remainder, next) = (value, modulus)
        var (coefficient, nextCoefficient) = (1, 0)
        while next != 0 {
            let quotient = remainder / next
            (remainder, next) = (next, remainder - quotient * next)
            (coefficient, nextCoefficient) = (nextCoefficient, coefficient - quotient * nextCoefficient)
        }
        guard remainder == 1 else { return nil }
        return (coefficient % modulus + modulus) % modulus
    }
}
