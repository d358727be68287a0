/// A column in which few texts repeat over many rows: a number for each row, and the sorted texts they stand for.
///
/// Industry codes, place names and strata are kept so: 4 bytes a row whatever the length of the texts.
public struct CategoryColumn: Sendable, Equatable {
    /// The distinct texts in ascending order of their UTF-8 bytes.
    public let categories: [String]
    /// For each row the index of its text in `categories`, or ``missing``.
    public let indices: [Int32]

    /// The index that stands for "no value".
    public static let missing: Int32 = -1

    /// - Precondition: `categories` ascend strictly and every index is ``missing`` or within them.
    public init(categories: [String], indices: [Int32]) {
        precondition(zip(categories, categories.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        self.categories = categories
        self.indices = indices
    }

    /// Builds the column from a text a row; empty texts are missing.
    public init(_ texts: some Sequence<String>) {
        var numbers: [String: Int32] = [:]
        var provisional: [Int32] = []
        for text in texts {
            guard !text.isEmpty else {
                provisional.append(Self.missing)
                continue
            }
            let next = Int32(numbers.count)
            let number = numbers[text] ?? next
            if number == next { numbers[text] = next }
            provisional.append(number)
        }
        let sorted = numbers.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var rank = [Int32](repeating: 0, count: sorted.count)
        for (position, text) in sorted.enumerated() { rank[Int(numbers[text, default: 0])] = Int32(position) }
        self.init(
            categories: sorted, indices: provisional.map { $0 == Self.missing ? Self.missing : rank[Int($0)] })
    }

    /// The number of rows.
    public var count: Int { indices.count }

    /// The text of `row`, or nil where it is missing.
    public subscript(row: Int) -> String? {
        let index = indices[row]
        return index == Self.missing ? nil : categories[Int(index)]
    }
}
