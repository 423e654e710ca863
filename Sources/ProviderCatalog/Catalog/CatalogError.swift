internal import MailJSON
import MailModel

/// What is wrong with the catalogue, and where.
///
/// It names the file and the key path, such as `profiles/example.json` and `smtp[0].port`, so that an editor can jump
/// there.
public struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of mistake. New ones may be added.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        /// The stable name, such as `unknown_key`.
        public let description: String

        /// No catalogue was found.
        public static let notFound = Kind("not_found")
        /// A file or folder could not be read.
        public static let unreadable = Kind("unreadable")
        /// A file is larger than a catalogue file may be, or there are too many.
        public static let tooLarge = Kind("too_large")
        /// The text is no JSON.
        public static let notJSON = Kind("not_json")
        /// A key that the format does not have.
        public static let unknownKey = Kind("unknown_key")
        /// A key that the format asks for is missing.
        public static let missingKey = Kind("missing_key")
        /// A value of another type than the format asks for.
        public static let wrongType = Kind("wrong_type")
        /// A value that makes no sense there.
        public static let badValue = Kind("bad_value")
        /// Something that may exist once exists twice.
        public static let duplicate = Kind("duplicate")

        private init(_ name: String) { description = name }
    }

    /// The kind of mistake.
    public var kind: Kind
    /// The file or folder, below the catalogue's folder where that is known.
    public var file: String
    /// The place in the file, such as `smtp[0].port`; empty when it is the file as a whole.
    public var keyPath: String
    /// What is wrong, in words for a person.
    public var reason: String
    /// The line in the file, from 1, where it is known.
    public var line: Int?

    /// Makes an error; texts from files are made safe to print.
    ///
    /// - Parameters:
    ///   - kind: The kind of mistake.
    ///   - file: The file or folder.
    ///   - keyPath: The place in the file.
    ///   - reason: What is wrong.
    public init(_ kind: Kind, file: String, keyPath: String = "", reason: String) {
        self.kind = kind
        self.file = ServerText(file).escaped
        self.keyPath = ServerText(keyPath).escaped
        self.reason = ServerText(reason).escaped
    }

    /// `profiles/example.json: smtp[0].port: 70000 is no TCP port`
    public var description: String {
        [file, keyPath, reason].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

extension CatalogError {
    /// A mistake in a file of the catalogue.
    init(_ mistake: JSONMistake, file: String) {
        let kind: Kind =
            switch mistake.kind {
            case .syntax: .notJSON
            case .unknownKey: .unknownKey
            case .missingKey: .missingKey
            case .wrongType: .wrongType
            case .badValue, .unknownCase: .badValue
            }
        let line = mistake.line.map { "line \($0): " } ?? ""
        let reason = kind == .notJSON ? "it is not valid JSON: \(line)\(mistake.reason)" : mistake.reason
        self.init(kind, file: file, keyPath: mistake.pathText, reason: reason)
        self.line = mistake.line
    }
}
