/// The smallest disc around a firm that holds a number of firms: where a cluster is planted. Small in a town, wide in the country.
struct Disc {
    /// For each firm whether it is inside; a site is inside with all of its firms.
    let contains: [Bool]

    init(around center: Int, holding firms: Int, in landscape: Landscape) {
        let (x, y) = (landscape.x[center], landscape.y[center])
        let squares = landscape.x.indices.map { firm in
            let (east, north) = (landscape.x[firm] - x, landscape.y[firm] - y)
            return east * east + north * north
        }
        let limit = squares.sorted()[min(firms, squares.count) - 1]
        contains = squares.map { $0 <= limit }
    }
}
