import FirmClustersTestSupport
import Foundation
import RegionalMeasures
import Testing

/// Every number of `lq_inference_expected.json`: SciPy 1.17 for p-values and share limits, formulas for the rest.
@Suite struct LocationQuotientInferenceTests {
    static func situations() throws -> [JSONTree] {
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/lq_inference_expected.json")
        return try JSONTree(parsing: Data(contentsOf: golden)).items
    }

    /// What the toolkit says under the name of the golden file; nil for a name it does not know.
    private static func answer(_ key: String, _ quotient: LocationQuotient) -> [Double?]? {
        guard case .studyArea(let industryTotal, let total) = quotient.reference else { return nil }
        let x = quotient.industryInRegion
        let share = ClopperPearson.limits(count: x, total: quotient.regionTotal)
        let exact = quotient.limits(form: .exact)
        func pair(_ limits: ConfidenceLimits?) -> [Double?] { [limits?.lower, limits?.upper] }
        func shrunk(_ prior: HeterogeneityPrior) -> Double? { ShrunkLocationQuotient(quotient, prior: prior)?.value }
        return switch key {
        case "x": [Double(x)]
        case "region_total": [Double(quotient.regionTotal)]
        case "industry_total": [Double(industryTotal)]
        case "total": [Double(total)]
        case "lq": [quotient.value]
        case "slq": [quotient.symmetric]
        case "p_upper_hypergeometric": [quotient.upperTailProbability]
        case "p_upper_binomial_industry_shares":
            [
                Binomial(trials: industryTotal, probability: Double(quotient.regionTotal) / Double(total))
                    .upperTail(from: x)
            ]
        case "p_upper_poisson": [quotient.expectedFirms.map { Poisson(mean: $0).upperTail(from: x) }]
        case "cp_share_low": [share?.lower]
        case "cp_share_high": [share?.upper]
        case "lq_cp_low": [exact?.lower]
        case "lq_cp_high": [exact?.upper]
        case "log_delta_fixed_reference": pair(quotient.withFixedReference.limits(form: .logDelta))
        case "var_log_lq_nested": [quotient.logVariance]
        case "log_delta_nested": pair(quotient.limits(form: .logDelta))
        case "linear_delta_nested": pair(quotient.limits(form: .linearDelta))
        case "eb_gamma_poisson_a1": [shrunk(.weak)]
        case "eb_gamma_poisson_a5": [shrunk(.strong)]
        default: nil
        }
    }

    @Test(arguments: 0..<6)
    func everyNumberOfTheGoldenFile(index: Int) throws {
        let situation = try Self.situations()[index]
        func count(_ key: String) throws -> Int { Int(try #require(situation[key]?.number)) }
        let quotient = LocationQuotient(
            industryInRegion: try count("x"), regionTotal: try count("region_total"),
            industryTotal: try count("industry_total"), total: try count("total"))
        for (key, value) in situation.members {
            let expected = value.items.isEmpty ? [value.number] : value.items.map(\.number)
            let found = try #require(Self.answer(key, quotient), "\(key)")
            #expect(found.count == expected.count)
            for (found, expected) in zip(found, expected) {
                #expect(isClose(try #require(found), try #require(expected), 1e-9), "\(key)")
            }
        }
        #expect(situation.members.count >= 15)
    }

    @Test func thereAreSixSituations() throws {
        #expect(try Self.situations().count == 6)
    }

    @Test func deltaLimitsAreUndefinedAtZero() throws {
        let none = LocationQuotient(industryInRegion: 0, regionTotal: 60, industryTotal: 40, total: 1000)
        #expect(none.limits(form: .logDelta) == nil && none.limits(form: .linearDelta) == nil)
        #expect(none.limits(form: .exact) == none.limits())
        let empty = LocationQuotient(industryInRegion: 0, regionTotal: 0, industryTotal: 40, total: 1000)
        for form in LocationQuotient.LimitForm.allCases { #expect(empty.limits(form: form) == nil) }
    }
}
