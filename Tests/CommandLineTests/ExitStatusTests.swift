import ArgumentParser
import FirmClusters
import Testing

@testable import FirmClustersCommand

/// Exit codes of errors that no input brings about.
@Suite struct ExitStatusTests {
    private struct Unforeseen: Error {}

    @Test func faultsOfTheProgramAreInternalErrors() {
        for error in [Unforeseen(), GeometryError.outlineVanishes(radius: 1)] as [any Error] {
            let status = ExitStatus(error)
            #expect(status.code == 70)
            #expect(status.message?.contains("please report it") == true)
        }
    }

    @Test func whatTheParserThrowsIsItsOwnToSay() {
        #expect(ExitStatus(ValidationError("no")).code == 64)
        #expect(ExitStatus(ValidationError("no")).message == nil)
        #expect(ExitStatus(CleanExit.helpRequest()).code == 0)
        #expect(ExitStatus(CleanExit.helpRequest()).message == nil)
    }

    @Test func cancelledWorkIsAnInterruption() { #expect(ExitStatus(WorkCancelled()).code == 130) }
}
