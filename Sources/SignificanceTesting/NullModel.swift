/// What stays and what is left to chance when registers are simulated.
public enum NullModel: String, Sendable, CaseIterable {
    /// Industry codes are dealt anew to the firms, each as often as it was: every firm stays where it is, and which industry it
    /// belongs to has nothing to do with where. Within strata, codes stay in their stratum.
    case randomLabelling = "random-labelling"
    /// Codes move on together along a curve that passes all firms (a Hilbert curve: neighbors on it are neighbors on the ground),
    /// by a random number of firms, from the end back to the beginning. Each industry keeps much of how it is bunched and lands on sites of
    /// firms, but elsewhere: asks whether an industry sits *here*, or together with another, by more than chance.
    case cyclicShift = "cyclic-shift"
}
