import FirmClusters

/// A register that holds nothing but where its firms are.
func registerOfOneIndustry(_ x: [Double], _ y: [Double], isSpherical: Bool) throws -> FirmRegister {
    try FirmRegister(
        frame: isSpherical ? .geographic : .local, x: x, y: y,
        industry: CategoryColumn(categories: ["1"], indices: [Int32](repeating: 0, count: x.count)))
}
