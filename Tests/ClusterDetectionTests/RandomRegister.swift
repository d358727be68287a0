import FirmClusters

/// A small register with clumps of industries in towns, shared addresses, and some employment unknown.
struct RandomRegister {
    var frame: CoordinateFrame
    var x: [Double] = []
    var y: [Double] = []
    var codes: [String] = []
    var employment: [Double] = []
    var places: [String] = []

    init(seed: Int, frame: CoordinateFrame = .geographic, count: Int = 900) {
        self.frame = frame
        var stream = RandomStream(seed: UInt64(seed), stream: 31)
        let towns = (0..<5).map { _ in (stream.nextUnit(), stream.nextUnit()) }
        for _ in 0..<count {
            let industry = Int(stream.next() % 6)
            let isLocal = stream.nextUnit() < 0.7
            let town = isLocal ? (industry < 3 ? industry : Int(stream.next() % 5)) : -1
            let spread = town < 0 ? 1.0 : 0.03
            let center = town < 0 ? (0.0, 0.0) : towns[town]
            let (u, v) = (center.0 + stream.nextUnit() * spread, center.1 + stream.nextUnit() * spread)
            // About 20 km across, in degrees around Wenzhou or in meters.
            x.append(frame == .geographic ? 120.6 + u * 0.2 : 5000 + u * 20_000)
            y.append(frame == .geographic ? 27.9 + v * 0.2 : 8000 + v * 20_000)
            if stream.nextUnit() < 0.1, x.count > 1 {
                let other = Int(stream.next() % UInt64(x.count - 1))
                x[x.count - 1] = x[other]
                y[y.count - 1] = y[other]
            }
            codes.append(["13", "14", "15", "27", "27.1", "32"][industry])
            employment.append(stream.nextUnit() < 0.1 ? .nan : Double(1 + stream.next() % 200))
            places.append(town < 0 ? "" : "Town \(town)")
        }
    }

    func register(order: [Int]? = nil) throws -> FirmRegister {
        let order = order ?? Array(x.indices)
        var identifiers = TextColumn()
        for i in order { identifiers.append("F\(i)") }
        return try FirmRegister(
            frame: frame, x: order.map { x[$0] }, y: order.map { y[$0] },
            industry: CategoryColumn(order.map { codes[$0] }),
            employment: order.map { employment[$0] }, identifier: identifiers,
            place: CategoryColumn(order.map { places[$0] }))
    }
}
