import FirmClusters

/// How much is simulated.
struct StudyPlan: Sendable {
    var seed: UInt64 = 2026

    /// Firms of a register.
    var firms = 2000
    /// (a) One industry without clusters in a register.
    var nullRegisters = 1000
    var nullGroupSizes = [50, 150, 500]
    /// M, with α(M + 1) a whole number: a valid test then rejects as often as its level says.
    var nullSimulations = 99
    var nullMethods: [StudyMethod] = [
        .fixedRadius, .automaticRadius, .hierarchy, .employment, .scan, .employmentOfTowns, .cyclicShift,
    ]

    /// (b) Many industries without clusters in a register.
    var familyRegisters = 400
    var familyGroups = 20
    var familyGroupSize = 100
    var familySimulations = 999
    var familyMethods: [StudyMethod] = [.fixedRadius, .hierarchy]

    /// (c) One industry with one cluster in a register.
    var plantedRegisters = 200
    var plantedGroupSize = 150
    /// Firms of all industries in the disc of the planted cluster.
    var discFirms = 100
    var strengths: [Double] = [1, 2, 3, 4, 6, 8, 12]
    var plantedSimulations = 99
    var plantedMethods: [StudyMethod] = [.fixedRadius, .hierarchy, .scan]

    /// α.
    let level = 0.05

    /// What is written to `Docs/Validity.md`.
    static let full = StudyPlan()

    /// Every part of it in a second or two, for tests of the code; its numbers say nothing.
    static let small = StudyPlan(
        firms: 300, nullRegisters: 4, nullGroupSizes: [60], nullSimulations: 19, familyRegisters: 2, familyGroups: 4,
        familyGroupSize: 40, familySimulations: 39, plantedRegisters: 3, plantedGroupSize: 60, discFirms: 30,
        strengths: [1, 8], plantedSimulations: 19)

    /// The random numbers of one register of one part of the study.
    func stream(_ part: Part, group: Int, register: Int) -> RandomStream {
        RandomStream(seed: seed, stream: part.rawValue << 56 | UInt64(group) << 32 | UInt64(register))
    }

    /// The parts of the study.
    enum Part: UInt64, Sendable {
        case null = 1
        case family, planted
    }
}
