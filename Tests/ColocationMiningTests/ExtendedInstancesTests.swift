import ColocationMining
import FirmModel
import ParallelWork
import SpatialIndex
import Testing

/// |T(A)| and what of it is part of A ∪ B, against a look at every set of firms.
@Suite struct ExtendedInstancesTests {
    private struct Firms {
        var x: [Double] = []
        var y: [Double] = []
        var industry: [Int32] = []
        var firm: [Int32] = []

        /// Firms on a lattice so coarse that sites are shared and distances tie; some are entries of one firm.
        init(seed: UInt64) {
            var random = RandomStream(seed: seed, stream: 0)
            for entry in 0..<36 {
                let isFurther = entry > 0 && Int.random(in: 0..<6, using: &random) == 0
                x.append(isFurther ? x[entry - 1] : Double(Int.random(in: 0..<8, using: &random)))
                y.append(isFurther ? y[entry - 1] : Double(Int.random(in: 0..<8, using: &random)))
                industry.append(Int32.random(in: 0..<5, using: &random))
                firm.append(isFurther ? firm[entry - 1] : Int32(entry))
            }
        }

        func areNeighbors(_ a: Int, _ b: Int, _ distance: Double, isGrouped: Bool) -> Bool {
            let (dx, dy) = (x[a] - x[b], y[a] - y[b])
            return dx * dx + dy * dy <= distance * distance && !(isGrouped && firm[a] == firm[b])
        }

        /// All sets of firms, one of each industry, every two of which are neighbors.
        func instances(of industries: [Int32], _ distance: Double, isGrouped: Bool) -> [[Int]] {
            industries.reduce([[]]) { sets, wanted in
                sets.flatMap { set in
                    industry.indices.filter { other in
                        industry[other] == wanted
                            && set.allSatisfy { areNeighbors($0, other, distance, isGrouped: isGrouped) }
                    }.map { set + [$0] }
                }
            }
        }
    }

    @Test(arguments: [false, true]) func agreesWithEverySetOfFirms(isGrouped: Bool) throws {
        for seed in UInt64(1)...20 {
            let firms = Firms(seed: seed)
            // Industries as codes, so that the register keeps the order of the numbers.
            let register = try FirmRegister(
                frame: .local, x: firms.x, y: firms.y,
                industry: CategoryColumn(categories: ["0", "1", "2", "3", "4"], indices: firms.industry))
            let sites = try Sites(register)
            let labels = IndustryLabels(
                industryOfFirm: sites.firmRows.map { firms.industry[Int($0)] }, industryCount: 5,
                firmOfEntry: isGrouped ? sites.firmRows.map { firms.firm[Int($0)] } : nil)
            for distance in [1.0, 2.5] {
                let relation = try NeighborRelation(sites, distance: Meters(distance))
                for (antecedent, consequents) in [
                    ([0], [[1], [1, 2]]), ([0, 2], [[1], [3], [1, 3], [1, 3, 4]]), ([1, 2, 4], [[0], [0, 3]]),
                ] as [([Int32], [[Int32]])] {
                    let found = try relation.extendedInstances(
                        of: antecedent, by: consequents, labels: labels, workers: Workers(count: 2))
                    let all = firms.instances(of: antecedent, distance, isGrouped: isGrouped)
                    let extended = consequents.map { consequent in
                        Set(
                            firms.instances(of: antecedent + consequent, distance, isGrouped: isGrouped).map {
                                Array($0.prefix(antecedent.count))
                            }
                        ).count
                    }
                    #expect(found.instances == all.count, "seed \(seed), \(distance), \(antecedent)")
                    #expect(found.extended == extended, "seed \(seed), \(distance), \(antecedent)")
                }
            }
        }
    }

    @Test func whatCannotBeCountedIsRefused() throws {
        // 16 industries of 20 firms each on one site: 20^16 row instances.
        let count = 16 * 20
        let register = try FirmRegister(
            frame: .local, x: [Double](repeating: 0, count: count), y: [Double](repeating: 0, count: count),
            industry: CategoryColumn((0..<count).map { String(UnicodeScalar(UInt8(65 + $0 % 16))) }))
        let sites = try Sites(register)
        let labels = IndustryLabels(
            industryOfFirm: sites.firmRows.map { register.industry.indices[Int($0)] }, industryCount: 16)
        let relation = try NeighborRelation(sites, distance: 1)
        #expect(throws: ColocationError.tooManyRowInstances) {
            try relation.extendedInstances(of: (0..<15).map { $0 }, by: [[15]], labels: labels)
        }
    }
}
