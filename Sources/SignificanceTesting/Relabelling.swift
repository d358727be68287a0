public import FirmModel

/// Deals the codes of firms (and what goes with them) to other firms, as often as simulations are made.
///
///     let relabelling = Relabelling(.randomLabelling, firmCount: codes.count)
///     relabelling.deal(codes, to: &simulated, replicate: 7, seed: 42)
///
/// Every simulation is a permutation of the firms, the same for every column dealt with the same replicate number and seed: codes
/// and employment stay together. It depends on the canonical order of the firms, not on that of the rows, and on nothing that other
/// replicates did. The observed labels are as likely as any other permutation under the null, which is what makes
/// p = (1 + g)/(M + 1) valid.
///
/// Memory: nothing for random labelling without strata; else 4 bytes a firm.
public struct Relabelling: Sendable {
    /// What stays and what is left to chance.
    public let model: NullModel
    /// The number of firms.
    public let firmCount: Int

    /// The firms stratum by stratum, in canonical order or along the curve; empty when that is 0..<firmCount.
    @usableFromInline let firms: [Int32]
    /// Stratum s has `firms[starts[s]..<starts[s + 1]]`.
    @usableFromInline let starts: [Int]

    /// - Parameters:
    ///   - model: what is left to chance.
    ///   - firmCount: firms in canonical order.
    ///   - strata: for each firm a number from 0 on; codes are dealt only among firms of one stratum. All firms are one when nil.
    ///   - curve: for ``NullModel/cyclicShift`` all firms in the order in which a curve passes them.
    /// - Precondition: as many strata, and as many firms on the curve, as firms.
    public init(_ model: NullModel, firmCount: Int, strata: [Int32]? = nil, curve: [Int32]? = nil) {
        precondition(strata.map { $0.count == firmCount } ?? true, "one stratum for each firm")
        precondition(curve.map { $0.count == firmCount } ?? true, "every firm is on the curve once")
        self.model = model
        self.firmCount = firmCount
        let path = model == .cyclicShift ? curve : nil
        guard let strata else {
            firms = path ?? []
            starts = [0, firmCount]
            return
        }
        // A stable counting sort: within a stratum firms keep their order.
        var starts = [Int](repeating: 0, count: Int(strata.max() ?? -1) + 2)
        for stratum in strata { starts[Int(stratum) + 1] += 1 }
        for stratum in starts.indices.dropFirst() { starts[stratum] += starts[stratum - 1] }
        var next = starts
        var sorted = [Int32](repeating: 0, count: firmCount)
        for index in 0..<firmCount {
            let firm = path?[index] ?? Int32(truncatingIfNeeded: index)
            let stratum = Int(strata[Int(firm)])
            sorted[next[stratum]] = firm
            next[stratum] += 1
        }
        firms = sorted
        self.starts = starts
    }

    /// Gives each firm the value of another.
    ///
    /// - Parameters:
    ///   - values: for each firm, in canonical order.
    ///   - target: takes the simulated values; its storage is used again.
    ///   - replicate: the number of the simulation: 0, 1, …
    ///   - seed: of all simulations.
    /// - Complexity: O(n).
    @inlinable
    public func deal<Value: BitwiseCopyable>(
        _ values: [Value], to target: inout [Value], replicate: Int, seed: UInt64
    ) {
        precondition(values.count == firmCount, "\(values.count) values, \(firmCount) firms")
        var stream = RandomStream(seed: seed, stream: UInt64(truncatingIfNeeded: replicate))
        if target.count == firmCount {
            values.withUnsafeBufferPointer { values in
                target.withUnsafeMutableBufferPointer { _ = $0.update(from: values) }
            }
        } else {
            target = values
        }
        switch model {
        case .randomLabelling:
            if firms.isEmpty {
                target.withUnsafeMutableBufferPointer { Self.shuffle($0, &stream) }
            } else {
                rearrange(values, &target) { part in Self.shuffle(part, &stream) }
            }
        case .cyclicShift: rearrange(values, &target) { part in Self.rotate(part, &stream) }
        }
    }

    /// Takes values in the order of `firms`, rearranges each stratum, and puts them back.
    @inlinable
    func rearrange<Value: BitwiseCopyable>(
        _ values: [Value], _ target: inout [Value], _ body: (UnsafeMutableBufferPointer<Value>) -> Void
    ) {
        var moved = firms.isEmpty ? values : firms.map { values[Int($0)] }
        moved.withUnsafeMutableBufferPointer { moved in
            for stratum in 0..<starts.count - 1 {
                body(UnsafeMutableBufferPointer(rebasing: moved[starts[stratum]..<starts[stratum + 1]]))
            }
            if firms.isEmpty {
                for index in 0..<firmCount { target[index] = moved[index] }
            } else {
                for (index, firm) in firms.enumerated() { target[Int(firm)] = moved[index] }
            }
        }
    }

    /// Every order is as likely (Fisher & Yates 1938; Durstenfeld 1964).
    @inlinable
    static func shuffle<Value: BitwiseCopyable>(
        _ values: UnsafeMutableBufferPointer<Value>, _ stream: inout RandomStream
    ) {
        guard var last = values.indices.last else { return }
        while last > 0 {
            let other = stream.next(below: last + 1)
            (values[last], values[other]) = (values[other], values[last])
            last -= 1
        }
    }

    /// Every shift is as likely, that of none among them: what was observed is one of them.
    @inlinable
    static func rotate<Value: BitwiseCopyable>(
        _ values: UnsafeMutableBufferPointer<Value>, _ stream: inout RandomStream
    ) {
        guard values.count > 1 else { return }
        let offset = stream.next(below: values.count)
        let original = Array(values)
        for index in values.indices {
            let from = index - offset
            values[index] = original[from < 0 ? from + values.count : from]
        }
    }
}
