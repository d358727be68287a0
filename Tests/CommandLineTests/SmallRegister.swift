import FirmClustersTestSupport
import Foundation

/// Registers small enough to know what is in them.
enum SmallRegister {
    static let header = "id,lon,lat,industry,employees,town\n"

    /// Two industries, 13 and 25, of thirty firms each, on the same lattice of about 100 m beside each other in one town, and
    /// one firm of industry 47 far away. With a radius of 300 m and five firms as minimum each of the two is one cluster.
    static let towns: String = {
        var text = header
        for index in 0..<60 {
            let (column, row) = (index % 10, index / 10)
            let longitude = "120.\(500 + column)"
            let latitude = "27.\(500 + row)"
            text += "F\(index),\(longitude),\(latitude),\(index % 2 == 0 ? "13" : "25"),\(index + 1),Liushi\n"
        }
        return text + "F60,121.5,28.5,47,5,Yueqing\n"
    }()

    /// `count` firms of `industries` industries, all on one point.
    static func onePoint(_ count: Int, industries: Int) -> String {
        var text = header
        for index in 0..<count { text += "F\(index),120.5,27.5,\(10 + index % industries),1,Liushi\n" }
        return text
    }
}

extension CommandWorkspace {
    /// A workspace with `firms.csv`, by default ``SmallRegister/towns``.
    convenience init(firms: String) throws {
        try self.init()
        try write("firms.csv", firms)
    }

    /// `detect firms.csv` with a fixed radius and more arguments, the clusters to standard output.
    func detect(_ arguments: String...) async throws -> Run {
        try await run(["detect", "firms.csv", "--eps", "300m"] + arguments)
    }

    /// The same with a minimum that no group reaches: all is read and written, but there is no footprint to draw, which
    /// takes most of the time of so small a run in a debug build.
    func detectNothing(_ arguments: String...) async throws -> Run {
        try await run(["detect", "firms.csv", "--eps", "300m", "--min-points", "1000"] + arguments)
    }
}

/// The committed sample.
enum Sample {
    static let folder = SharedFolder.projectFolder.appendingPathComponent("SampleData")
    static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}
