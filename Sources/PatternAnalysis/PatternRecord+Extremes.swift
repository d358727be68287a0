extension PatternRecord {
    /// Marks in `records` those that are maximal and those that are closed (``isMaximal``, ``isClosed``).
    ///
    /// Every pattern looks up its parts one industry smaller. That is enough: with the pattern of a larger one and a part of it the
    /// patterns between are in the report, too, with an index between theirs. (Of the maximum participation ratio this holds for one
    /// of the patterns between, and it may be larger: closed are then the patterns that none of one industry more equals.)
    ///
    /// - Precondition: no set of industries comes twice; what holds a pattern of the records leads to it industry by industry.
    /// - Complexity: O(Σ size²), expected.
    public static func markExtremes(_ records: inout [PatternRecord]) {
        var numbers: [String: Int32] = [:]
        for record in records {
            for code in record.industries where numbers[code] == nil { numbers[code] = Int32(numbers.count) }
        }
        var places = [[Int32]: Int](minimumCapacity: records.count)
        for (place, record) in records.enumerated() {
            records[place].isMaximal = true
            records[place].isClosed = true
            places[record.industries.map { numbers[$0, default: -1] }] = place
        }
        for record in records where record.size > 2 {
            let pattern = record.industries.map { numbers[$0, default: -1] }
            for left in pattern.indices {
                var part = pattern
                part.remove(at: left)
                guard let place = places[part] else { continue }
                records[place].isMaximal = false
                if records[place].participationIndex == record.participationIndex { records[place].isClosed = false }
            }
        }
    }
}
