import FirmClusters

/// (c) How often, and how well, a planted cluster is found.
struct PlantedDetection: Sendable {
    /// What became of one register.
    struct Outcome: Sendable {
        /// Whether any cluster is significant; nil where no test was made.
        var hasSignificant: Bool?
        /// Whether one significant cluster holds at least half of the planted firms.
        var isFound: Bool
        /// Members of significant clusters beside planted firms.
        var agreement: MemberAgreement
    }

    let method: String
    let strength: Double
    /// In the order of the registers.
    let outcomes: [Outcome]

    init(method: String, strength: Double, outcomes: [Outcome]) {
        self.method = method
        self.strength = strength
        self.outcomes = outcomes
    }

    /// Runs a method on the registers of a plan; all methods meet the same ones.
    init(_ method: StudyMethod, strength: Double, _ plan: StudyPlan, workers: Workers) throws {
        let outcomes = try Registers(count: plan.plantedRegisters, workers: workers).map { number, workers in
            var random = plan.stream(.planted, group: Int(strength * 100), register: number)
            let register = try StudyRegister.planted(
                firms: plan.firms, groupSize: plan.plantedGroupSize, discFirms: plan.discFirms, strength: strength,
                &random)
            let report = try method.report(
                on: register, simulations: plan.plantedSimulations, seed: random.next(), reportsMembers: true,
                workers: workers)
            return Outcome(report, on: register)
        }
        self.init(method: method.name, strength: strength, outcomes: outcomes)
    }

    /// Share of the registers in which the planted cluster was found; nil where no test was made.
    var power: Proportion? { isTested ? Proportion(of: outcomes, where: \.isFound) : nil }

    /// Share of the registers with any significant cluster; nil where no test was made.
    var rejections: Proportion? { isTested ? Proportion(of: outcomes) { $0.hasSignificant == true } : nil }

    /// Share of planted firms among the members of significant clusters in all registers; nil without members.
    var precision: Double? {
        Self.share(
            outcomes.reduce(0) { $0 + $1.agreement.plantedMembers },
            of: outcomes.reduce(0) { $0 + $1.agreement.members })
    }

    /// Share of the planted firms in all registers that are members of significant clusters; nil without planted firms.
    var recall: Double? {
        Self.share(
            outcomes.reduce(0) { $0 + $1.agreement.plantedMembers },
            of: outcomes.reduce(0) { $0 + $1.agreement.planted })
    }

    /// Mean adjusted Rand index over the registers.
    var adjustedRandIndex: Double {
        outcomes.reduce(0) { $0 + $1.agreement.adjustedRandIndex } / Double(outcomes.count)
    }

    private var isTested: Bool { !outcomes.isEmpty && outcomes.allSatisfy { $0.hasSignificant != nil } }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}

extension PlantedDetection.Outcome {
    /// Judges a report by the truth of its register.
    init(_ report: ClusterReport, on register: StudyRegister) {
        var labels: [Int] = []
        var isPlanted: [Bool] = []
        var plantedInCluster = [Int](repeating: 0, count: report.clusters.count)
        for member in report.members where member.group != nil {
            let cluster = member.cluster.map(Int.init).flatMap { report.clusters[$0].significant == true ? $0 : nil }
            let isInside = register.isPlanted[Int(member.row)]
            labels.append(cluster ?? -1)
            isPlanted.append(isInside)
            if let cluster, isInside { plantedInCluster[cluster] += 1 }
        }
        let isTested = report.groups.contains { $0.pValue != nil }
        agreement = MemberAgreement(clusters: labels, isPlanted: isPlanted)
        hasSignificant = isTested ? report.clusters.contains { $0.significant == true } : nil
        isFound = agreement.planted > 0 && 2 * (plantedInCluster.max() ?? 0) >= agreement.planted
    }
}
