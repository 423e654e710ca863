@_exported import CommandSupport

import ArgumentParser

extension ExitStatus {
    /// What the parser is given to leave with this status.
    var code: ExitCode { ExitCode(rawValue) }
}
