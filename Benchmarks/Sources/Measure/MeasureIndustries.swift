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

    let counts = ResultSlots<Int>(count: industryCount)
    let marked = try [Int32](count: x.count) { marked in
        @Sendable func cluster(_ industry: Int, _ workers: Workers) throws {
            let members = firms.firms(of: industry)
            let subset = SiteSubset(firms: members, siteOfFirm: prepared.siteOfFirm)
            let clustering = try method.clusters(of: subset, in: prepared.sites, workers: workers)
            write(clustering, of: subset, to: marked, firms: members)
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
    }
    let result = try LabelsByRow(byRow: prepared.sites.byRow(ofFirms: marked, workers: workers), workers: workers)
    let clusters = counts.values.reduce(0, +)
    var measurement = memory.measured()
    measurement["seconds"] = stopwatch.seconds
    try writeLabels(result.labels, result.core, to: labelsPath)
    measurement["clusters"] = clusters
    measurement["noise"] = result.noise
    measurement["core"] = result.coreCount
    return measurement
}

/// Writes the labels of an industry's sites to the canonical positions of its firms.
private func write(
    _ clustering: DensityClustering, of subset: SiteSubset, to marked: SharedBuffer<Int32>, firms: ArraySlice<Int32>
) {
    var next = firms.startIndex
    for index in subset.sites.indices {
        let count = Int(subset.weight(index))
        for firm in firms[next..<next + count] { marked[Int(firm)] = LabelsByRow.marked(clustering, index) }
        next += count
    }
}
