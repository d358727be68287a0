public import Synchronization

/// A partition of 0..<count that many threads join at once without locks (Anderson & Woll 1991, STOC).
///
/// A root is always linked below a smaller one, so once all joins are done the root of a set is its smallest element:
/// the result does not depend on the order of joins or on the number of threads.
///
/// - Complexity: nearly constant time a join; 4 bytes an element.
public final class ConcurrentUnionFind: @unchecked Sendable {
    // Sendable by hand: the buffer is only reached through atomic operations.
    @usableFromInline let parents: UnsafeMutablePointer<Atomic<Int32>>
    /// The number of elements.
    public let count: Int

    /// Every element in a set of its own.
    public init(count: Int) {
        self.count = count
        parents = .allocate(capacity: max(1, count))
        for element in 0..<count { (parents + element).initialize(to: Atomic(Int32(element))) }
    }

    deinit {
        parents.deinitialize(count: count)
        parents.deallocate()
    }

    /// The root of the set of `element`: while joins go on, some member; afterwards its smallest element.
    @inlinable
    public func root(_ element: Int) -> Int {
        var node = Int32(element)
        while true {
            let parent = parents[Int(node)].load(ordering: .relaxed)
            if parent == node { return Int(node) }
            let grandparent = parents[Int(parent)].load(ordering: .relaxed)
            if grandparent != parent {
                // Path halving. Losing the race is harmless: somebody else shortened the path.
                _ = parents[Int(node)].weakCompareExchange(
                    expected: parent, desired: grandparent, ordering: .relaxed)
            }
            node = grandparent
        }
    }

    /// Whether two elements are in one set; while joins go on, a no may be out of date.
    @inlinable
    public func areJoined(_ first: Int, _ second: Int) -> Bool {
        var (a, b) = (root(first), root(second))
        while a != b {
            // Another thread may have linked a below something meanwhile; it is separate only if a is still a root.
            if parents[a].load(ordering: .relaxed) == Int32(a) { return false }
            (a, b) = (root(a), root(b))
        }
        return true
    }

    /// Makes one set of the sets of two elements. Whether this call did: of several that join the same sets, one.
    @discardableResult
    public func join(_ first: Int, _ second: Int) -> Bool {
        var (a, b) = (root(first), root(second))
        while a != b {
            let (low, high) = (min(a, b), max(a, b))
            if parents[high].compareExchange(
                expected: Int32(high), desired: Int32(low), ordering: .acquiringAndReleasing
            ).exchanged {
                return true
            }
            (a, b) = (root(low), root(high))
        }
        return false
    }
}
