import FirmClusters

/// Whether an output still has a reader after `write`. A reader that has gone ends that output, not the run: other
/// outputs are still wanted.
func hasReader(after write: () throws -> Void) throws -> Bool {
    do {
        try write()
        return true
    } catch OutputError.closedPipe {
        return false
    }
}
