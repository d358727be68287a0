import FirmClusters

/// A register that holds nothing but where its firms are.
func registerOfOneIndustry(_ x: [Double], _ y: [Double], isSpherical: Bool) throws -> FirmRegister {
    try FirmRegister(
        frame: isSpherical ? .geographic : .local, x: x, y: y,
        industry: CategoryColumn(categories: ["1"], indices: [Int32](repeating: 0, count: x.count)))
}

/// A register of firms and the numbers of their industries.
func registerOfIndustries(_ x: [Double], _ y: [Double], _ codes: [Int32]) throws -> FirmRegister {
    let industryCount = Int(codes.max() ?? -1) + 1
    return try FirmRegister(
        frame: .local, x: x, y: y,
        industry: CategoryColumn(categories: (0..<industryCount).map { String(1_000_000 + $0) }, indices: codes))
}
