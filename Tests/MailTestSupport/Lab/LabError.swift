/// Why the lab could not do what a test asked of it.
public enum LabError: Error, CustomStringConvertible {
    /// The machine lacks something that the lab needs; the text says what.
    case unavailable(String)
    /// A program of the lab ended with a status other than 0; with what it wrote.
    case failed(program: String, status: Int32, output: String)
    /// A program ran for longer than it may.
    case timedOut(program: String, seconds: Int)

    /// The error in words.
    public var description: String {
        switch self {
        case .unavailable(let reason): "the lab cannot run here: \(reason)"
        case .failed(let program, let status, let output): "\(program) ended with status \(status): \(output)"
        case .timedOut(let program, let seconds): "\(program) did not end within \(seconds) s"
        }
    }
}
