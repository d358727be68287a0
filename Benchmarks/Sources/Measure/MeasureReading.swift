import FirmClusters

/// Reading four columns of a register: longitude, latitude, industry and employees. Prints what another reader must
/// get, too.
func measureReading(path: String, threads: Int) throws -> [String: Any] {
    var options = ReadingOptions()
    options.longitude = "lon"
    options.latitude = "lat"
    options.industry = "industry"
    options.employment = ["employees"]
    options.identifierUse = .ignored
    let memory = ResidentMemory()
    let stopwatch = Stopwatch()
    let register = try RegisterReader.read([path], options: options, workers: Workers(count: threads)).register
    let seconds = stopwatch.seconds
    var measurement = memory.measured()

    var firmsOfCode = [Int](repeating: 0, count: register.industry.categories.count)
    for index in register.industry.indices { firmsOfCode[Int(index)] += 1 }
    let codes = Dictionary(uniqueKeysWithValues: zip(register.industry.categories, firmsOfCode).filter { $0.1 > 0 })
    measurement["seconds"] = seconds
    measurement["rows"] = register.count
    measurement["sum_lon"] = register.x.reduce(0, +)
    measurement["sum_lat"] = register.y.reduce(0, +)
    measurement["sum_employees"] = register.employment?.reduce(0, +) ?? 0
    measurement["codes"] = codes
    return measurement
}
