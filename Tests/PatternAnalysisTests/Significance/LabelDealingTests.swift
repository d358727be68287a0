import ColocationMining
import FirmModel
import ParallelWork
import SignificanceTesting
import SpatialIndex
import Testing

@testable import PatternAnalysis

@Suite struct LabelDealingTests {
    private let one = Workers(count: 1)

    @Test(arguments: NullModel.allCases)
    func industryAndWeightGoTogether(model: NullModel) throws {
        var stream = RandomStream(seed: 3, stream: 63)
        let places = CenterRegister.places(200, stream: &stream)
        let codes = places.map { _ in Int32(stream.next(below: 5)) - 1 }
        // The weight tells the industry.
        let register = try CenterRegister(places, codes, weights: codes.map { Int64($0) + 10 })
        let dealing = try LabelDealing(
            of: register.labels, on: register.sites, model, strata: nil, seed: 4, workers: one)
        for replicate in 0..<5 {
            let dealt = dealing.labels(replicate: replicate)
            #expect(dealt.firmCounts == register.labels.firmCounts)
            #expect(dealt.totals == register.labels.totals)
            #expect(dealt.weights == dealt.industryOfFirm.map { Int64($0) + 10 })
            #expect(dealt.industryOfFirm == dealing.labels(replicate: replicate).industryOfFirm)
        }
        #expect(dealing.labels(replicate: 0).industryOfFirm != dealing.labels(replicate: 1).industryOfFirm)
    }

    @Test(arguments: NullModel.allCases)
    func firmsOfSeveralEntriesKeepTheirSetsOfCodes(model: NullModel) throws {
        var stream = RandomStream(seed: 5, stream: 63)
        let firmPlaces = CenterRegister.places(80, stream: &stream)
        var (places, codes, firms, strata): ([Coordinate], [Int32], [Int32], [Int32]) = ([], [], [], [])
        for (firm, place) in firmPlaces.enumerated() {
            let first = stream.next(below: 6)
            for entry in 0..<(1 + firm % 3) {
                places.append(place)
                codes.append(Int32((first + entry) % 6))
                firms.append(Int32(firm * 7 % 80))
                strata.append(Int32(firm % 2))
            }
        }
        let register = try CenterRegister(places, codes, firms: firms)
        let byPosition = register.sites.firmRows.map { strata[Int($0)] }
        let dealing = try LabelDealing(
            of: register.labels, on: register.sites, model, strata: byPosition, seed: 6, workers: one)
        let observed = setsOfCodes(register.labels, byPosition)
        var isMoved = false
        for replicate in 0..<10 {
            let dealt = dealing.labels(replicate: replicate)
            #expect(dealt.firmOfEntry == register.labels.firmOfEntry)
            #expect(setsOfCodes(dealt, byPosition) == observed)
            isMoved = isMoved || dealt.industryOfFirm != register.labels.industryOfFirm
        }
        #expect(isMoved)
    }

    /// How often each set of codes is in each stratum.
    private func setsOfCodes(_ labels: IndustryLabels, _ strata: [Int32]) -> [[Int32]: Int] {
        var codes: [Int32: [Int32]] = [:]
        var stratum: [Int32: Int32] = [:]
        for (entry, firm) in (labels.firmOfEntry ?? []).enumerated() {
            codes[firm, default: []].append(labels.industryOfFirm[entry])
            stratum[firm] = strata[entry]
        }
        var sets: [[Int32]: Int] = [:]
        for (firm, own) in codes { sets[[stratum[firm] ?? -1] + own.sorted(), default: 0] += 1 }
        return sets
    }
}
