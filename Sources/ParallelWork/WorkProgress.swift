/// Hears how far long work has come. Called from any worker, so implementations guard their own state.
public protocol WorkProgress: Sendable {
    /// A new step begins; `total` units of work are ahead, or nil when that is not known.
    func began(_ step: String, total: Int?)
    /// `amount` more units are done.
    func advanced(by amount: Int)
}

/// Progress that nobody watches.
public struct SilentProgress: WorkProgress {
    /// Progress that says nothing.
    public init() {}
    public func began(_ step: String, total: Int?) {}
    public func advanced(by amount: Int) {}
}
