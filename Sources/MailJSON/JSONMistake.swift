/// Why a JSON text cannot be read as what it should be: the place, and what is wrong there.
public struct JSONMistake: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of mistake.
    public enum Kind: Hashable, Sendable {
        /// The text is not JSON, or more than is taken.
        case syntax
        /// A key that the description does not have.
        case unknownKey
        /// A key that the description asks for is missing.
        case missingKey
        /// A value of another type than the description asks for.
        case wrongType
        /// A value that makes no sense there.
        case badValue
        /// A union's tag names a case that is not described, as a later version of the program may write one.
        case unknownCase
    }

    /// One step of the way to a value.
    public enum Step: Hashable, Sendable {
        /// Into the member of an object.
        case key(String)
        /// Into the element of a list, from 0.
        case index(Int)
    }

    /// The kind of mistake.
    public var kind: Kind
    /// What is wrong, in words for a person. It can quote the text, unescaped.
    public var reason: String
    /// The line, from 1, where it is known.
    public var line: Int?
    /// The steps, the innermost first: they are added on the way out, so that reading what is right costs nothing.
    private var steps: [Step]

    /// Makes a mistake.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    ///   - key: The key of the member it is about; nil for the value as a whole.
    ///   - reason: What is wrong.
    public init(_ kind: Kind, at key: String? = nil, _ reason: String) {
        self.kind = kind
        self.reason = reason
        steps = key.map { [.key($0)] } ?? []
    }

    /// The way from the whole text to the value.
    public var path: [Step] { steps.reversed() }

    /// The way as text, such as `checks[2].stage`; empty for the whole.
    public var pathText: String {
        path.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += text.isEmpty ? key : "." + key
            case .index(let index): text += "[\(index)]"
            }
        }
    }

    /// The same mistake, seen from one level further out.
    ///
    /// - Parameter step: The step into the value in which it was made.
    /// - Returns: The mistake.
    func inside(_ step: Step) -> JSONMistake {
        var mistake = self
        mistake.steps.append(step)
        return mistake
    }

    /// The same mistake in an element of a list, seen from the object that holds the list.
    ///
    /// - Parameters:
    ///   - key: The key of the list.
    ///   - index: The place of the element, from 0.
    /// - Returns: The mistake.
    public func inside(_ key: String, _ index: Int) -> JSONMistake { inside(.index(index)).inside(.key(key)) }

    /// `checks[2].stage: "later" is not a stage`
    public var description: String { steps.isEmpty ? reason : "\(pathText): \(reason)" }
}

/// How much a reader takes that its descriptions do not have.
public struct JSONReading: Hashable, Sendable {
    /// Whether unknown keys, and missing ones that could be `null`, are mistakes.
    let isStrict: Bool
    /// Whether the object at hand also holds members of the one around it.
    let isInline: Bool

    private init(isStrict: Bool, isInline: Bool = false) {
        self.isStrict = isStrict
        self.isInline = isInline
    }

    /// For what this program or a later one has written: unknown keys are passed over, a key that may be `null` may be
    /// missing.
    public static let tolerant = JSONReading(isStrict: false)
    /// For what people write: an unknown key is a mistake, since it would be a silent default.
    public static let strict = JSONReading(isStrict: true)

    var inline: JSONReading { JSONReading(isStrict: isStrict, isInline: true) }
    var inside: JSONReading { isInline ? JSONReading(isStrict: isStrict) : self }
}
