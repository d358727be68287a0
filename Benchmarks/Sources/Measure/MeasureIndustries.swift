import FirmClusters

/// DBSCAN of every industry by itself: one sort of all firms, then a question for each industry. Large industries are
/// clustered one after the other on all threads, small ones side by side.
func measureIndustries(
    pointsPath: String, codesPath: String, eps: Double, minimum: Double, threads: Int, labelsPath: String
) throws -> [String: Any] {
    let (x, y) = try readPoints(pointsPath)
    let codes = try readCodes(codesPath)
    let workers = Workers(count: threads)
    let memory = ResidentMemory()
    let stopwatch = Stopwatch()
    let industryCount = Int(codes.max() ?? -1) + 1
    let register = try FirmRegister(
        frame: .local, x: x, y: y,
        industry: CategoryColumn(categories: (0..<industryCount).map { String(1_000_000 + $0) }, indices: codes))
    let prepared = try PreparedRegister(register, workers: workers)
    let firms = FirmsByIndustry(labels: prepared.industryOfFirm, industryCount: industryCount)
    let method = try DBSCAN(neighborhoodRadius: Meters(eps), minimumWeight: minimum)

    var labels = [Int32](repeating: -1, count: x.count)
    var core = [UInt8](repeating: 0, count: x.count)
    let clusters = try labels.withUnsafeMutableBufferPointer { labels in
        try core.withUnsafeMutableBufferPointer { core in
            let (labels, core) = (SharedBuffer(labels), SharedBuffer(core))
            let counts = ResultSlots<Int>(count: industryCount)
            @Sendable func cluster(_ industry: Int, _ workers: Workers) throws {
                let question = IndustryQuestion(firms.firms(of: industry), in: prepared)
                let clustering = try method.clusters(of: question.subset, in: prepared.sites, workers: workers)
                question.write(clustering, labels, core, rows: prepared.sites.firmRows)
                counts.set(industry, clustering.clusterCount)
            }
            let bySize = (0..<industryCount).sorted { firms.count(of: $0) > firms.count(of: $1) }
            let largeCount = max(1 << 16, x.count / (4 * workers.count))
            let large = bySize.prefix { firms.count(of: $0) > largeCount }
            for industry in large { try cluster(industry, workers) }
            let small = Array(bySize.dropFirst(large.count))
            try workers.forEach(in: 0..<small.count, grain: 1) { range, _ in
                for index in range { try cluster(small[index], workers.single) }
            }
            return counts.values.reduce(0, +)
        }
    }
    var measurement = memory.measured()
    measurement["seconds"] = stopwatch.seconds
    try writeLabels(labels, core, to: labelsPath)
    measurement["clusters"] = clusters
    measurement["noise"] = labels.count { $0 < 0 }
    measurement["core"] = core.count { $0 == 1 }
    return measurement
}

/// The sites of one industry's firms, each weighing as many as there are firms of the industry on it.
private struct IndustryQuestion {
    let subset: SiteSubset
    private let firms: ArraySlice<Int32>

    init(_ firms: ArraySlice<Int32>, in register: PreparedRegister) {
        var (sites, weights): ([Int32], [Double]) = ([], [])
        sites.reserveCapacity(firms.count)
        weights.reserveCapacity(firms.count)
        for firm in firms {
            let site = register.siteOfFirm[Int(firm)]
            if sites.last == site {
                weights[weights.count - 1] += 1
            } else {
                sites.append(site)
                weights.append(1)
            }
        }
        self.firms = firms
        firmsOnSite = weights
        subset = SiteSubset(sites: sites, weights: weights)
    }

    private let firmsOnSite: [Double]

    /// Writes the labels of the industry's firms to their rows.
    func write(
        _ clustering: DensityClustering, _ labels: SharedBuffer<Int32>, _ core: SharedBuffer<UInt8>, rows: [Int32]
    ) {
        var firm = firms.startIndex
        for (index, count) in firmsOnSite.enumerated() {
            for _ in 0..<Int(count) {
                let row = Int(rows[Int(firms[firm])])
                labels[row] = clustering.labels[index]
                core[row] = clustering.roles[index] == .core ? 1 : 0
                firm += 1
            }
        }
    }
}
