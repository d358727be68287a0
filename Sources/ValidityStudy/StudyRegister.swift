import FirmClusters

/// A simulated register whose industries under study have nothing to do with where firms are, or with one place only.
struct StudyRegister: Sendable {
    let firms: FirmRegister
    /// Whether a firm belongs to a planted cluster.
    let isPlanted: [Bool]

    /// A register in which `groups` industries of `groupSize` firms each are dealt to firms at random: nothing in it is a cluster.
    static func null(
        firms count: Int, groups: Int = 1, groupSize: Int, employees: Employees? = nil, _ random: inout RandomStream
    ) throws -> StudyRegister {
        let landscape = Landscape(firms: count, &random)
        let order = (0..<count).shuffled(using: &random)
        var group = [Int?](repeating: nil, count: count)
        for (place, firm) in order.prefix(groups * groupSize).enumerated() { group[firm] = place / groupSize }
        return try StudyRegister(
            landscape, group: group, isPlanted: Array(repeating: false, count: count), employees: employees, &random)
    }

    /// A register with one industry of `groupSize` firms that are `strength` times as likely to be dealt to a firm inside a
    /// disc as to one outside; those inside are the planted cluster. With a strength of 1 nothing is planted.
    static func planted(
        firms count: Int, groupSize: Int, discFirms: Int, strength: Double, _ random: inout RandomStream
    ) throws -> StudyRegister {
        let landscape = Landscape(firms: count, &random)
        let isInside = Disc(around: Int.random(in: 0..<count, using: &random), holding: discFirms, in: landscape)
            .contains
        let isMember = WeightedDraw.draw(groupSize, weights: isInside.map { $0 ? strength : 1 }, &random)
        return try StudyRegister(
            landscape, group: isMember.map { $0 ? 0 : nil }, isPlanted: zip(isInside, isMember).map { $0 && $1 },
            employees: nil, &random)
    }

    /// - Parameter group: the number of the industry under study of each firm, nil for others.
    private init(
        _ landscape: Landscape, group: [Int?], isPlanted: [Bool], employees: Employees?, _ random: inout RandomStream
    ) throws {
        let others = landscape.town.map { Self.otherCode(town: $0, &random) }
        firms = try FirmRegister(
            frame: .local, x: landscape.x, y: landscape.y,
            industry: CategoryColumn(zip(group, others).map { group, other in group.map(Self.code) ?? other }),
            employment: employees?.draw(towns: landscape.town, isStudied: group.map { $0 != nil }, &random))
        self.isPlanted = isPlanted
    }

    /// The codes of all industries under study.
    static let studied = IndustrySelection(["G*"])

    private static func code(ofGroup number: Int) -> String { "G\(10 + number)" }

    /// Towns have their own mix of the other industries, as real towns have.
    private static func otherCode(town: Int, _ random: inout RandomStream) -> String {
        let favored = max(0, town) % 6
        return "A\(random.nextUnit() < 0.4 ? favored : Int.random(in: 0..<6, using: &random))"
    }
}
