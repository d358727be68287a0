/// Whether two labelings make the same groups, whatever the labels are called. Negative labels are noise and must agree.
///
/// Labels are matched both ways: a labeling that merges two groups is not equal to one that keeps them apart.
public func areSamePartition(_ first: [Int], _ second: [Int]) -> Bool {
    guard first.count == second.count else { return false }
    var forward: [Int: Int] = [:]
    var backward: [Int: Int] = [:]
    for (a, b) in zip(first, second) {
        guard (a < 0) == (b < 0) else { return false }
        guard a >= 0 else { continue }
        if forward[a, default: b] != b || backward[b, default: a] != a { return false }
        forward[a] = b
        backward[b] = a
    }
    return true
}
