import FirmClusters
import RealModule

/// Draws without replacement in which some are likelier than others.
enum WeightedDraw {
    /// Whether each was drawn, `count` of them in all, one after the other with probabilities in proportion to the
    /// weights of those that are left (Efraimidis & Spirakis 2006: the smallest waiting times at rates as the weights).
    static func draw(_ count: Int, weights: [Double], _ random: inout RandomStream) -> [Bool] {
        let times = weights.map { -Double.log(1 - random.nextUnit()) / $0 }
        let first = times.indices.sorted { times[$0] != times[$1] ? times[$0] < times[$1] : $0 < $1 }.prefix(count)
        var isDrawn = [Bool](repeating: false, count: weights.count)
        for index in first { isDrawn[index] = true }
        return isDrawn
    }
}
