import FirmClusters

/// (b) How often a cluster is called significant in a register of many industries of which none has any.
struct FamilyRejections: Sendable {
    /// What became of one register.
    struct Outcome: Sendable {
        /// Whether some cluster has a naive p-value at or below the level even when multiplied by the number of industries.
        var isNaiveRejection: Bool
        /// Whether some cluster is called significant; nil where no test was made.
        var isRejection: Bool?
        /// Industries with a cluster called significant.
        var rejectedGroups: Int
    }

    let method: String
    /// In the order of the registers.
    let outcomes: [Outcome]

    init(method: String, outcomes: [Outcome]) {
        self.method = method
        self.outcomes = outcomes
    }

    /// Runs a method on the registers of a plan.
    init(_ method: StudyMethod, _ plan: StudyPlan, workers: Workers) throws {
        let outcomes = try Registers(count: plan.familyRegisters, workers: workers).map { number, workers in
            var random = plan.stream(.family, group: 0, register: number)
            let register = try StudyRegister.null(
                firms: plan.firms, groups: plan.familyGroups, groupSize: plan.familyGroupSize,
                employees: method.employees, &random)
            let report = try method.report(
                on: register, simulations: plan.familySimulations, stopping: .tenExceedances, seed: random.next(),
                workers: workers)
            let isTested = report.groups.contains { $0.pValue != nil }
            let significant = report.clusters.filter { $0.significant == true }
            return Outcome(
                isNaiveRejection: NaiveTest.smallestPValue(of: report, firms: register.firms.count)
                    * Double(plan.familyGroups)
                    <= plan.level,
                isRejection: isTested ? !significant.isEmpty : nil,
                rejectedGroups: Set(significant.map(\.industries)).count)
        }
        self.init(method: method.name, outcomes: outcomes)
    }

    /// Share of the registers with a naive rejection.
    var naiveShare: Proportion { Proportion(of: outcomes, where: \.isNaiveRejection) }

    /// Share of the registers with a significant cluster; nil where no test was made.
    var testedShare: Proportion? {
        let tested = outcomes.compactMap(\.isRejection)
        guard tested.count == outcomes.count, !tested.isEmpty else { return nil }
        return Proportion(of: tested) { $0 }
    }
}
