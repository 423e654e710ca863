/// Looks for values that say nothing: a sample that holds one cannot show that a writer or a reader forgot it.
public enum Blank {
    /// The stored properties of a value, at any depth, that are empty, zero, false or nil.
    ///
    /// - Parameters:
    ///   - value: A sample.
    ///   - name: What the sample is called.
    /// - Returns: Their names, such as `spf.lookup.name`.
    public static func properties(of value: Any, _ name: String = "") -> [String] {
        if isBlank(value) { return [name] }
        if isLeaf(value) { return [] }
        return Mirror(reflecting: value).children.enumerated().flatMap { place, child in
            properties(of: child.value, name + "." + (child.label ?? "\(place)"))
        }
    }

    private static func isBlank(_ value: Any) -> Bool {
        switch value {
        case let text as String: return text.isEmpty
        case let number as Int: return number == 0
        case let number as Double: return number == 0
        case let flag as Bool: return !flag
        case let duration as Duration: return duration == .zero
        default:
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .optional, .collection, .set, .dictionary: return mirror.children.isEmpty
            default: return false
            }
        }
    }

    /// Values whose insides are nobody's business.
    private static func isLeaf(_ value: Any) -> Bool {
        value is String || value is Duration || Mirror(reflecting: value).displayStyle == nil
    }
}
