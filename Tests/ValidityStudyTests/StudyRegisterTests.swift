import FirmClusters
import Testing

@testable import ValidityStudy

@Suite struct StudyRegisterTests {
    @Test func landscapeIsSharedAgglomeration() {
        var random = RandomStream(seed: 3)
        let landscape = Landscape(firms: 4000, &random)
        #expect(landscape.count == 4000)
        var firmsOnSite: [Coordinate: Int] = [:]
        for firm in 0..<landscape.count {
            firmsOnSite[Coordinate(x: landscape.x[firm], y: landscape.y[firm]), default: 0] += 1
        }
        // Malls: a tenth of the firms, a third of them in the largest.
        let largest = firmsOnSite.values.max() ?? 0
        #expect(largest > 60 && largest < 300, "\(largest)")
        #expect(firmsOnSite.values.count { $0 > 1 } > 200)
        // Towns: Zipf, rural firms in none.
        let inTown = (0..<Landscape.townCount).map { town in landscape.town.count { $0 == town } }
        #expect(inTown[0] > 2 * inTown[3])
        let rural = landscape.town.count { $0 < 0 }
        #expect(rural > 500 && rural < 1000, "\(rural)")
    }

    @Test func codesAreDealtBlindly() throws {
        // Over many registers, an industry's share of a town's firms is its share of all firms.
        var (studied, all) = (0, 0)
        for number in 0..<40 {
            var random = RandomStream(seed: 4, stream: UInt64(number))
            let landscape = Landscape(firms: 500, &random)
            random = RandomStream(seed: 4, stream: UInt64(number))
            let register = try StudyRegister.null(firms: 500, groups: 2, groupSize: 50, &random)
            #expect(register.firms.x == landscape.x)
            let codes = (0..<500).map { register.firms.industry[$0] ?? "" }
            #expect(codes.count { $0 == "G10" } == 50)
            #expect(codes.count { $0 == "G11" } == 50)
            #expect(!register.isPlanted.contains(true))
            studied += zip(codes, landscape.town).count { $0.hasPrefix("G") && $1 == 0 }
            all += landscape.town.count { $0 == 0 }
        }
        let share = Proportion(studied, of: all)
        #expect(share.limits.contains(0.2), "\(share)")
    }

    @Test func employeesFollowIndustryAndWhereAskedTown() throws {
        func logMeans(_ employees: Employees) throws -> (studied: Double, others: Double, unknown: Int) {
            var random = RandomStream(seed: 5)
            let register = try StudyRegister.null(firms: 4000, groupSize: 1000, employees: employees, &random)
            var sums = (0.0, 0.0)
            var counts = (0.0, 0.0)
            for row in 0..<register.firms.count {
                guard let size = register.firms.employees(row) else { continue }
                #expect(size >= 1 && size == size.rounded())
                if register.firms.industry[row] == "G10" {
                    (sums.0, counts.0) = (sums.0 + 1 / size, counts.0 + 1)
                } else {
                    (sums.1, counts.1) = (sums.1 + 1 / size, counts.1 + 1)
                }
            }
            return (counts.0 / sums.0, counts.1 / sums.1, 4000 - Int(counts.0 + counts.1))
        }
        for employees in [Employees.byIndustry, .byIndustryAndTown] {
            let means = try logMeans(employees)
            #expect(means.studied > 1.2 * means.others)
            #expect(means.unknown > 300 && means.unknown < 500)
        }
    }

    @Test func strengthIsTheRatioOfRates() throws {
        var (planted, inside) = (0.0, 0.0)
        for number in 0..<60 {
            var random = RandomStream(seed: 6, stream: UInt64(number))
            let register = try StudyRegister.planted(
                firms: 1000, groupSize: 40, discFirms: 30, strength: 5, &random)
            let codes = (0..<1000).map { register.firms.industry[$0] ?? "" }
            #expect(codes.count { $0.hasPrefix("G") } == 40)
            #expect(zip(codes, register.isPlanted).allSatisfy { $0.hasPrefix("G") || !$1 })
            planted += Double(register.isPlanted.count { $0 })
            inside += 1
        }
        // At least 30 of 1000 firms inside at five times the rate: about 40 · 150/1120 = 5.4, more where a mall is in the disc.
        #expect(planted / inside > 4.5 && planted / inside < 9, "\(planted / inside)")
    }

    @Test func weightsMakeDrawsLikelier() {
        var random = RandomStream(seed: 7)
        var drawn = [0, 0]
        for _ in 0..<4000 {
            let isDrawn = WeightedDraw.draw(1, weights: [1, 3], &random)
            #expect(isDrawn.count { $0 } == 1)
            drawn[isDrawn[0] ? 0 : 1] += 1
        }
        #expect(Proportion(drawn[1], of: 4000).limits.contains(0.75))
    }
}
