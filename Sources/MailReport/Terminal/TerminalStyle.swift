/// How text may look on the terminal at hand.
public struct TerminalStyle: Hashable, Sendable {
    /// Whether colour may repeat what the words say.
    public var colour: Bool
    /// How many columns a line may have, at least 40.
    public var width: Int
    /// Whether what was said on the wire is shown.
    public var verbose: Bool
    /// Whether the marks may be other than ASCII.
    public var unicode: Bool
    /// Whether everything is shown, and not only what matters.
    public var everything: Bool

    /// Describes a terminal.
    ///
    /// - Parameters:
    ///   - colour: Whether colour may be used.
    ///   - width: Columns in a line; fewer than 40 count as 40.
    ///   - verbose: Whether the transcript is shown.
    ///   - unicode: Whether marks other than ASCII may be used.
    ///   - everything: Whether everything is shown, and not only what matters.
    public init(
        colour: Bool = false, width: Int = 80, verbose: Bool = false, unicode: Bool = false, everything: Bool = false
    ) {
        self.colour = colour
        self.width = max(40, width)
        self.verbose = verbose
        self.unicode = unicode
        self.everything = everything
    }
}

/// A colour or weight, by its SGR number (ECMA-48, section 8.3.117).
enum Ink: Int {
    case plain = 0
    case bold = 1
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33

    /// The text in this ink. Nothing is added where colour is off or there is nothing to see.
    func paint(_ text: String, when colour: Bool) -> String {
        guard colour, self != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }
}
