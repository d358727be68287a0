import FirmClusters

/// A way to find clusters whose test is put to the test.
struct StudyMethod: Sendable, CustomStringConvertible {
    /// What tables and figures call it.
    let name: String
    /// How it is set, in words.
    let settings: String
    /// The sizes of firms, where they matter to it.
    let employees: Employees?
    private let nullModel: NullModel
    private let request: DetectionRequest

    var description: String { name }

    private init(
        _ name: String, _ settings: String, employees: Employees? = nil, nullModel: NullModel = .randomLabelling,
        _ set: (inout DetectionRequest) -> Void
    ) {
        var request = DetectionRequest()
        request.industries = StudyRegister.studied
        set(&request)
        self.name = name
        self.settings = settings
        self.employees = employees
        self.nullModel = nullModel
        self.request = request
    }

    /// The clusters of a register, tested with a number of simulations.
    ///
    /// - Parameter workers: of one thread, as a rule: the study shares its registers among threads.
    func report(
        on register: StudyRegister, simulations: Int, stopping: SequentialStopping? = nil, seed: UInt64,
        reportsMembers: Bool = false, workers: Workers
    ) throws -> ClusterReport {
        var request = request
        request.test = ClusterTest(simulations: simulations, nullModel: nullModel, stopping: stopping)
        request.seed = seed
        request.reportsMembers = reportsMembers
        return try ClusterDetector(request, workers: workers).report(on: register.firms)
    }

    static let fixedRadius = StudyMethod("DBSCAN", "eps 500 m, minPts 5") { $0.neighborhood = .fixed(500) }

    static let automaticRadius = StudyMethod("DBSCAN, eps auto", "eps at the knee of the k-distance curve, minPts 5") {
        $0.neighborhood = .automatic
    }

    static let hierarchy = StudyMethod("HDBSCAN", "minimum cluster size 10, minPts 5") { $0.method = .hdbscan }

    static let employment = StudyMethod(
        "DBSCAN on employees", "eps 500 m, minPts 60 employees", employees: .byIndustry, Self.countEmployees)

    static let employmentOfTowns = StudyMethod(
        "DBSCAN on employees of towns", "the same; sizes of firms differ between towns", employees: .byIndustryAndTown,
        Self.countEmployees)

    static let cyclicShift = StudyMethod(
        "DBSCAN, cyclic shift", "eps 500 m, minPts 5; codes move along a Hilbert curve", nullModel: .cyclicShift
    ) { $0.neighborhood = .fixed(500) }

    static let scan = StudyMethod("Scan", "circles around at most 400 centers, at least 5 firms, 3 circles") {
        $0.method = .scan
        $0.maximumScanCenters = 400
        $0.maximumZones = 3
    }

    private static func countEmployees(_ request: inout DetectionRequest) {
        request.neighborhood = .fixed(500)
        request.weighting = .employment
        request.minimumPoints = 60
    }
}
