import FirmClusters

/// Firms of eight industries in six towns 30 km across; two industries share a district of one town, and three others that of another.
struct ColocatedRegister {
    var x: [Double] = []
    var y: [Double] = []
    var codes: [String] = []
    var employment: [Double] = []

    /// - Parameters:
    ///   - planted: whether the districts are there, else all firms are scattered over the towns.
    ///   - firms: of each industry.
    ///   - share: of an industry's firms that are in its district.
    init(seed: Int, planted: Bool = true, industries: Int = 8, firms: Int = 60, share: Double = 0.5) {
        var stream = RandomStream(seed: UInt64(seed), stream: 61)
        let towns = (0..<6).map { _ in (30_000 * stream.nextUnit(), 30_000 * stream.nextUnit()) }
        let districts = [["A1", "B1"], ["C1", "D1", "E1"]]
        for code in ["A1", "B1", "C1", "D1", "E1", "F1", "G1", "H1"].prefix(industries) {
            let district = planted ? districts.firstIndex { $0.contains(code) } : nil
            for firm in 0..<firms {
                let isInDistrict = district != nil && Double(firm) < share * Double(firms)
                let town = isInDistrict ? towns[district ?? 0] : towns[stream.next(below: towns.count)]
                let spread = isInDistrict ? 300.0 : 5000
                x.append(town.0 + spread * stream.nextUnit())
                y.append(town.1 + spread * stream.nextUnit())
                // Some firms share an address.
                if firm % 9 == 8 { (x[x.count - 1], y[y.count - 1]) = (x[x.count - 2], y[y.count - 2]) }
                codes.append(code)
                employment.append(stream.nextUnit() < 0.1 ? .nan : Double(1 + stream.next(below: 50)))
            }
        }
    }

    func register(order: [Int]? = nil) throws -> FirmRegister {
        let order = order ?? Array(x.indices)
        return try FirmRegister(
            frame: .local, x: order.map { x[$0] }, y: order.map { y[$0] },
            industry: CategoryColumn(order.map { codes[$0] }), employment: order.map { employment[$0] })
    }

    /// The firms that are in a clique of one firm of each industry, any two within the distance: by trying all.
    func participants(in industries: [String], within distance: Double, codes: [String]) -> [Int] {
        func areNear(_ i: Int, _ j: Int) -> Bool {
            (x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j]) <= distance * distance
        }
        func isCompleted(_ clique: [Int], _ left: ArraySlice<String>) -> Bool {
            guard let next = left.first else { return true }
            return codes.indices.contains { firm in
                codes[firm] == next && clique.allSatisfy { areNear(firm, $0) }
                    && isCompleted(clique + [firm], left.dropFirst())
            }
        }
        return codes.indices.filter { firm in
            industries.contains(codes[firm]) && isCompleted([firm], industries.filter { $0 != codes[firm] }[...])
        }
    }

    /// What lies within a radius of some firms.
    func footprint(of members: [Int], radius: Double, industries: [String], codes: [String]) -> (
        all: [Int], group: [Int]
    ) {
        let all = x.indices.filter { firm in
            members.contains {
                let (dx, dy) = (x[firm] - x[$0], y[firm] - y[$0])
                return dx * dx + dy * dy <= radius * radius
            }
        }
        return (all, all.filter { industries.contains(codes[$0]) })
    }
}
