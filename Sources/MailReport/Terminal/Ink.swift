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
