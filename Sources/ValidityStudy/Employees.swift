import FirmClusters
import RealModule

/// How many employees the firms of a simulated register have.
enum Employees: String, Sendable {
    /// Larger in the industries under study than in others, and nothing to do with where a firm is: what relabelling
    /// code and employment together takes to be chance.
    case byIndustry = "by industry"
    /// Besides, firms are larger in some towns than in others, whatever they make.
    case byIndustryAndTown = "by industry and town"

    /// Lognormal sizes rounded up to whole employees; one firm in ten does not say (NaN).
    func draw(towns: [Int], isStudied: [Bool], _ random: inout RandomStream) -> [Double] {
        let factors = (0..<Landscape.townCount).map { _ in Double.exp(0.7 * Self.normal(&random)) }
        return zip(towns, isStudied).map { town, isStudied in
            let median = isStudied ? 9.0 : 6
            let factor = self == .byIndustryAndTown && town >= 0 ? factors[town] : 1
            let size = (median * factor * .exp(1.1 * Self.normal(&random))).rounded(.up)
            return random.nextUnit() < 0.1 ? .nan : size
        }
    }

    /// A standard normal number (Box & Muller 1958).
    private static func normal(_ random: inout RandomStream) -> Double {
        let distance = (-2 * Double.log(1 - random.nextUnit())).squareRoot()
        return distance * .cos(2 * .pi * random.nextUnit())
    }
}
