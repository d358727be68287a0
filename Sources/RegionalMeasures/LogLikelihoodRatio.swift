/// How much better two rates, one inside a zone and one outside, explain where the firms of an industry are than one rate
/// for the whole study area: the scan statistic of Kulldorff (1997, Communications in Statistics 26), in nats.
///
/// Only an excess inside counts: without one the ratio is 0. Some tools print twice the logarithm.
///
/// Both forms are sums of terms a log(a/m) + m − a over the cells of the table, observed a against expected m, none of them
/// negative; near parity a series replaces the logarithm, so that small ratios keep their digits.
public enum LogLikelihoodRatio {
    /// Firms are of the industry or not: c of the n firms in the zone, C of all N.
    ///
    ///     LLR = c log(c/n) + (n−c) log((n−c)/n) + (C−c) log((C−c)/(N−n)) + (N−n−C+c) log((N−n−C+c)/(N−n))
    ///           − C log(C/N) − (N−C) log((N−C)/N)     if c/n > (C−c)/(N−n), else 0;   0 log 0 = 0
    ///
    /// 0 for an empty zone and for a zone that is the whole area.
    ///
    /// - Precondition: 0 ≤ c ≤ n ≤ N, c ≤ C, n − c ≤ N − C, N < 2³¹.
    public static func bernoulli(cases c: Int, population n: Int, totalCases: Int, totalPopulation: Int) -> Double {
        let rest = totalPopulation - totalCases
        precondition(
            c >= 0 && c <= n && c <= totalCases && n - c <= rest && totalPopulation <= Int(Int32.max),
            "a zone cannot hold more than the study area")
        // c − E = (c N − n C) / N, exact up to the division.
        let crossDifference = c * totalPopulation - n * totalCases
        guard crossDifference > 0 else { return 0 }
        let all = Double(totalPopulation)
        let excess = Double(crossDifference) / all
        let outside = totalPopulation - n
        func term(_ observed: Int, margins row: Int, _ column: Int, difference: Double) -> Double {
            deviance(Double(observed), expected: Double(row) * Double(column) / all, difference: difference)
        }
        return term(c, margins: n, totalCases, difference: excess)
            + term(n - c, margins: n, rest, difference: -excess)
            + term(totalCases - c, margins: outside, totalCases, difference: -excess)
            + term(outside - (totalCases - c), margins: outside, rest, difference: excess)
    }

    /// Cases fall at a rate: c in the zone where E are expected, C in all.
    ///
    ///     LLR = c log(c/E) + (C−c) log((C−c)/(C−E))     if c > E, else 0
    ///
    /// Cases may be employees, and need not be whole numbers. 0 when E is 0 or C, an empty zone or the whole area.
    ///
    /// - Precondition: 0 ≤ c ≤ C and 0 ≤ E ≤ C.
    public static func poisson(cases c: Double, expected: Double, totalCases: Double) -> Double {
        precondition(c >= 0 && c <= totalCases && expected >= 0 && expected <= totalCases)
        guard c > expected, expected > 0 else { return 0 }
        let excess = c - expected
        return deviance(c, expected: expected, difference: excess)
            + deviance(totalCases - c, expected: totalCases - expected, difference: -excess)
    }
}
