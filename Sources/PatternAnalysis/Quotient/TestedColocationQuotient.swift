public import ColocationMining
public import SignificanceTesting

/// How a statistic lies among simulated ones, in both directions.
public struct TwoSidedPValue: Sendable, Equatable {
    /// p↑: that chance gives as much.
    public let attraction: MonteCarloPValue
    /// p↓: that chance gives as little.
    public let avoidance: MonteCarloPValue

    /// - Parameters:
    ///   - atLeast: simulations at or above the observed statistic.
    ///   - atMost: simulations at or below it.
    public init(atLeast: Int, atMost: Int, simulations: Int) {
        attraction = MonteCarloPValue(exceedances: atLeast, simulations: simulations)
        avoidance = MonteCarloPValue(exceedances: atMost, simulations: simulations)
    }

    /// p = min(1, 2 min(p↑, p↓)).
    public var value: Double { min(1, 2 * min(attraction.value, avoidance.value)) }
}

/// The colocation quotient of one industry toward another, tested.
public struct QuotientSignificance: Sendable, Equatable {
    /// CLQ_{a→b}.
    public let quotient: Double
    /// The mean quotient of simulated registers: 1 but for chance under random labelling; what an industry's own bunching gives
    /// under a cyclic shift. Nil without simulations.
    public let nullMean: Double?
    /// Where the quotient lies among simulated ones.
    public let pValue: TwoSidedPValue
    /// The two-sided p-value adjusted over all pairs.
    public let qValue: Double
}

/// Colocation quotients beside those of simulated registers: the outcome of ``ColocationQuotientTest``.
public struct TestedColocationQuotient: Sendable, Equatable {
    /// What was observed.
    public let quotient: ColocationQuotient
    /// M.
    public let simulations: Int
    /// For a → b at index a m + b; nil where the quotient is undefined.
    public let pairs: [QuotientSignificance?]
    /// Of the global quotient; nil where that is undefined.
    public let global: TwoSidedPValue?

    /// a → b; nil where the quotient is undefined.
    public subscript(a: Int, b: Int) -> QuotientSignificance? { pairs[a * quotient.industryCount + b] }

    init(
        quotient: ColocationQuotient, tally: QuotientTally, simulations: Int, adjustment: FalseDiscoveryAdjustment
    ) {
        let width = quotient.industryCount
        let pValues = (0..<width * width).map { pair -> TwoSidedPValue? in
            guard quotient.quotient(of: pair / width, toward: pair % width) != nil else { return nil }
            return TwoSidedPValue(
                atLeast: Int(tally.atLeast[pair]), atMost: Int(tally.atMost[pair]), simulations: simulations)
        }
        let qValues = adjustment.adjusted(pValues.map { $0?.value })
        pairs = pValues.indices.map { pair in
            let (a, b) = (pair / width, pair % width)
            guard let pValue = pValues[pair], let qValue = qValues[pair],
                let value = quotient.quotient(of: a, toward: b)
            else { return nil }
            let mean = simulations > 0 ? tally.meanShare(pair, simulations: simulations) : nil
            return QuotientSignificance(
                quotient: value, nullMean: mean.flatMap { quotient.quotient(ofShare: $0, of: a, toward: b) },
                pValue: pValue, qValue: qValue)
        }
        self.quotient = quotient
        self.simulations = simulations
        global =
            quotient.global.map { _ in
                TwoSidedPValue(
                    atLeast: tally.global.atLeast, atMost: tally.global.atMost, simulations: simulations)
            }
    }
}
