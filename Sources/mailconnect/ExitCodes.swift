import ArgumentParser
@_exported import CommandSupport

extension ExitStatus {
    /// What the parser is given to leave with this status.
    var code: ExitCode { ExitCode(rawValue) }
}
