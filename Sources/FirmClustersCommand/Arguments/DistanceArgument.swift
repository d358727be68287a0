public import ArgumentParser
public import FirmClusters

/// A distance as people write it: `500`, `500m`, `1.2km`.
extension Meters: ExpressibleByArgument {
    public init?(argument: String) {
        let text = argument.trimmingSpaces.lowercased()
        let (digits, factor): (Substring, Double) =
            text.hasSuffix("km")
            ? (text.dropLast(2), 1000) : text.hasSuffix("m") ? (text.dropLast(), 1) : (text[...], 1)
        guard let number = Double(digits.trimmingSpaces), number.isFinite else { return nil }
        self.init(number * factor)
    }

    public var defaultValueDescription: String { "\(value) m" }
}

/// The neighborhood radius: a distance or `auto`.
struct NeighborhoodArgument: ExpressibleByArgument {
    let neighborhood: DetectionRequest.Neighborhood

    static let automatic = NeighborhoodArgument(neighborhood: .automatic)

    init(neighborhood: DetectionRequest.Neighborhood) { self.neighborhood = neighborhood }

    init?(argument: String) {
        if argument == "auto" {
            neighborhood = .automatic
        } else if let radius = Meters(argument: argument) {
            neighborhood = .fixed(radius)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { "auto" }
}

extension StringProtocol {
    var trimmingSpaces: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension FootprintShape: ExpressibleByArgument {}
extension DBSCAN.BorderRule: ExpressibleByArgument {}
extension DetectionRequest.Method: ExpressibleByArgument {}
extension DetectionRequest.Groups: ExpressibleByArgument {}
extension ClusterSelection.Method: ExpressibleByArgument {}
extension NullModel: ExpressibleByArgument {}
extension ScanModel: ExpressibleByArgument {}
extension FalseDiscoveryAdjustment: ExpressibleByArgument {}
extension PatternMiner.Measure: ExpressibleByArgument {}
extension PatternRequest.Selection: ExpressibleByArgument {}
extension RegionalMining.BorderPairs: ExpressibleByArgument {}
