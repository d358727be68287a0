import FirmClusters

/// (a) How often a test finds a cluster where there is none: one industry in a register, dealt to firms at random.
struct NullRejections: Sendable {
    /// What became of one register.
    struct Outcome: Sendable {
        /// The smallest naive p-value of a cluster, 1 without one.
        var naive: Double
        /// The p-value of the test, nil where no test was made.
        var tested: Double?
    }

    let method: String
    let groupSize: Int
    /// In the order of the registers.
    let outcomes: [Outcome]

    init(method: String, groupSize: Int, outcomes: [Outcome]) {
        self.method = method
        self.groupSize = groupSize
        self.outcomes = outcomes
    }

    /// Runs a method on the registers of a plan.
    init(_ method: StudyMethod, groupSize: Int, _ plan: StudyPlan, workers: Workers) throws {
        let outcomes = try Registers(count: plan.nullRegisters, workers: workers).map { number, workers in
            var random = plan.stream(.null, group: groupSize, register: number)
            let register = try StudyRegister.null(
                firms: plan.firms, groupSize: groupSize, employees: method.employees, &random)
            let report = try method.report(
                on: register, simulations: plan.nullSimulations, seed: random.next(), workers: workers)
            return Outcome(
                naive: NaiveTest.smallestPValue(of: report, firms: register.firms.count),
                tested: report.groups.first?.pValue)
        }
        self.init(method: method.name, groupSize: groupSize, outcomes: outcomes)
    }

    /// Share of the registers in which the naive p-value is at most `level`.
    func naiveShare(at level: Double) -> Proportion { Proportion(of: outcomes) { $0.naive <= level } }

    /// Share of the registers in which that of the test is; nil where no test was made.
    func testedShare(at level: Double) -> Proportion? {
        let tested = outcomes.compactMap(\.tested)
        guard tested.count == outcomes.count, !tested.isEmpty else { return nil }
        return Proportion(of: tested) { $0 <= level }
    }
}
