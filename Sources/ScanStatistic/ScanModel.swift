import RegionalMeasures

/// How cases in a zone are compared with those outside.
public enum ScanModel: String, Sendable, CaseIterable {
    /// Every member of the population is a case or not.
    case bernoulli
    /// Cases fall at a rate on the population.
    case poisson
}

extension ScanModel {
    /// The log-likelihood ratio of c cases in a zone of population n, of C cases in a population of N; 0 without an excess.
    ///
    /// It rises with c and falls with n wherever it is above 0: all that is skipped unseen rests on this.
    func logLikelihoodRatio(cases c: Int, population n: Int, totalCases: Int, totalPopulation: Int) -> Double {
        switch self {
        case .bernoulli:
            LogLikelihoodRatio.bernoulli(
                cases: c, population: n, totalCases: totalCases, totalPopulation: totalPopulation)
        case .poisson:
            LogLikelihoodRatio.poisson(
                cases: Double(c), expected: Self.expectedCases(n, totalCases, totalPopulation),
                totalCases: Double(totalCases))
        }
    }

    /// No zone with c cases whose population is at least n has a larger ratio.
    func largestRatio(cases c: Int, populationFrom n: Int, totalCases: Int, totalPopulation: Int) -> Double {
        // Where every member is a case or not, a population is never smaller than its cases.
        logLikelihoodRatio(
            cases: c, population: self == .bernoulli ? max(n, c) : n, totalCases: totalCases,
            totalPopulation: totalPopulation)
    }

    /// E = C n / N.
    static func expectedCases(_ n: Int, _ totalCases: Int, _ totalPopulation: Int) -> Double {
        Double(totalCases) * (Double(n) / Double(totalPopulation))
    }
}
