import FirmModel
import RegionalMeasures
import Testing

@Suite struct DartboardTests {
    @Test func plantsByRegionAgainstSciPy() throws {
        let shares = try #require(RegionShares(activity: [600, 300, 100]))
        let test = try #require(DartboardTest(plants: [12, 3, 5], shares: shares))
        // SciPy 1.17: binom.sf, binom.cdf, chisquare.
        let upper = [0.5955987253122248, 0.9645168677015313, 0.04317449528446339]
        let lower = [0.5841070624424645, 0.10708680450373087, 0.988746865835491]
        let z = [0, -1.4638501094227998, 2.23606797749979]
        for (index, region) in test.regions.enumerated() {
            #expect(isClose(region.upperTail, upper[index], 1e-12))
            #expect(isClose(region.lowerTail, lower[index], 1e-12))
            #expect(abs(try #require(region.z) - z[index]) < 1e-12)
        }
        let chiSquared = try #require(test.chiSquared)
        #expect(isClose(chiSquared.statistic, 6, 1e-12) && chiSquared.degreesOfFreedom == 2)
        #expect(isClose(chiSquared.pValue, 0.04978706836786395, 1e-12))
        #expect(chiSquared.pooledCells == 0 && test.plants == 20)
    }

    @Test func cellsWithLittleExpectationArePooled() throws {
        // Expected 0.2, 0.4, 0.6 make a cell of 1.2 with 3 plants; SciPy 1.17 on the pooled table.
        let test = try #require(
            ChiSquaredTest(observed: [0, 2, 1, 9, 4, 4], expected: [0.2, 0.4, 0.6, 8.8, 6, 4]))
        #expect(test.pooledCells == 3 && test.degreesOfFreedom == 3)
        #expect(isClose(test.statistic, 3.371212121212121, 1e-12))
        #expect(isClose(test.pValue, 0.33785358821473155, 1e-12))
        // 0.2 + 0.4 is still below 1 and takes in the next cell, of 5; (4 − 5.6)²/5.6 + (16 − 14.4)²/14.4.
        let grown = try #require(ChiSquaredTest(observed: [1, 2, 16, 1], expected: [0.2, 0.4, 14.4, 5]))
        #expect(grown.pooledCells == 3 && grown.degreesOfFreedom == 1)
        #expect(isClose(grown.statistic, 1.6 * 1.6 / 5.6 + 1.6 * 1.6 / 14.4, 1e-12))
        #expect(ChiSquaredTest(observed: [1, 19], expected: [0.4, 19.6]) == nil)
    }

    @Test(arguments: 0..<50)
    func theOrderOfRegionsDoesNotMatter(seed: Int) throws {
        var random = RandomStream(seed: UInt64(seed))
        let cells = (0..<12).map { _ in
            (count: Int.random(in: 0...5, using: &random), expected: Double(Int.random(in: 1...8, using: &random)) / 4)
        }
        let mixed = cells.shuffled(using: &random)
        let test = ChiSquaredTest(observed: cells.map(\.count), expected: cells.map(\.expected))
        let other = ChiSquaredTest(observed: mixed.map(\.count), expected: mixed.map(\.expected))
        #expect(test == other, "seed \(seed)")
    }

    @Test func degenerateBoards() throws {
        #expect(RegionShares(activity: [0, 0]) == nil)
        let one = try #require(RegionShares(activity: [5, 0]))
        let test = try #require(DartboardTest(plants: [3, 1], shares: one))
        #expect(test.regions.allSatisfy { $0.z == nil } && test.chiSquared == nil)
        // A plant where no dart can fall.
        #expect(test.regions[1].upperTail == 0 && test.regions[1].lowerTail == 1)
        #expect(DartboardTest(plants: [0, 0], shares: one) == nil)
        #expect(EmploymentDartboardTest(employees: [0, 0], plantHerfindahl: 1, shares: one) == nil)
    }

    @Test func sharesOfTheOtherIndustries() throws {
        // The industry is most of the first region: against all activity it hardly stands out there.
        let activity = [100.0, 100, 100]
        let own = [80.0, 5, 5]
        let all = try #require(RegionShares(activity: activity))
        let others = try #require(RegionShares(activity: activity, withoutIndustry: own))
        #expect(others.values.map { ($0 * 210).rounded() } == [20, 95, 95])
        let plants = [80, 5, 5]
        let against = try [all, others].map { try #require(DartboardTest(plants: plants, shares: $0)).regions[0] }
        #expect(against[1].expected < against[0].expected && against[1].upperTail < against[0].upperTail)
        #expect(RegionShares(activity: [3, 4], withoutIndustry: [3, 4]) == nil)
    }

    /// Tails of plants that do fall blindly: about as often at or below α as binomial steps allow, never more.
    @Test func blindPlantsAreSeldomSignificant() throws {
        var random = RandomStream(seed: 20)
        let shares = try #require(RegionShares(activity: [50, 30, 15, 5]))
        var significant = (upper: 0, joint: 0)
        for _ in 0..<2000 {
            var plants = [0, 0, 0, 0]
            for _ in 0..<100 {
                let dart = random.nextUnit()
                plants[dart < 0.5 ? 0 : dart < 0.8 ? 1 : dart < 0.95 ? 2 : 3] += 1
            }
            let test = try #require(DartboardTest(plants: plants, shares: shares))
            significant.upper += test.regions[2].upperTail <= 0.05 ? 1 : 0
            significant.joint += try #require(test.chiSquared).pValue <= 0.05 ? 1 : 0
        }
        // Standard error 0.005.
        #expect(Double(significant.upper) / 2000 < 0.065 && Double(significant.upper) / 2000 > 0.02)
        #expect(abs(Double(significant.joint) / 2000 - 0.05) < 0.02)
    }
}

@Suite struct EmploymentDartboardTests {
    @Test func lumpyIndustriesNeedALargerQuotient() throws {
        let shares = try #require(RegionShares(activity: [100, 900]))
        // s = 0.3, x = 0.1: LQ 3, Var = H · 9.
        let fine = try #require(EmploymentDartboardTest(employees: [300, 700], plantHerfindahl: 0.01, shares: shares))
        let lumpy = try #require(EmploymentDartboardTest(employees: [300, 700], plantHerfindahl: 0.25, shares: shares))
        #expect(isClose(try #require(fine.regions[0].quotient), 3))
        #expect(isClose(try #require(fine.regions[0].variance), 0.09))
        #expect(isClose(try #require(fine.regions[0].z), 2 / 0.3))
        #expect(isClose(try #require(lumpy.regions[0].z), 2 / 1.5))
    }

    /// Var(LQ) against plants of unequal size thrown at regions.
    @Test func theVarianceIsThatOfBlindPlants() throws {
        var random = RandomStream(seed: 5)
        let sizes = (0..<60).map { Double(1 + $0 * $0 % 83) }
        let total = sizes.reduce(0, +)
        let herfindahl = try #require(Herfindahl.index(of: sizes))
        let share = 0.2
        let quotients = (0..<4000).map { _ in
            sizes.reduce(0) { random.nextUnit() < share ? $0 + $1 : $0 } / total / share
        }
        let mean = quotients.reduce(0, +) / 4000
        let variance = quotients.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999
        #expect(isClose(variance, herfindahl * (1 - share) / share, 0.1) && isClose(mean, 1, 0.02))
    }

    @Test func plantHerfindahls() throws {
        #expect(Herfindahl.index(of: [5, 5, 5, 5]) == 0.25)
        #expect(Herfindahl.index(of: [7, 0]) == 1)
        #expect(Herfindahl.index(of: [0, 0]) == nil && Herfindahl.index(of: [] as [Double]) == nil)
        #expect(isClose(try #require(Herfindahl.index(of: [3, 4, 5])), 50.0 / 144))
    }
}
