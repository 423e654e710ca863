import MailJSON

/// What a command says of itself, as the parser of arguments gives it out (`--experimental-dump-help`).
struct ManualEntry {
    /// An argument, an option or a flag.
    struct Argument {
        /// How it is written, such as `--timeout`; empty for an argument without a name.
        let names: [String]
        /// What stands for its value; nil where it takes none.
        let value: String?
        let words: String
        let initial: String?
        let choices: [String]
        let isOptional: Bool
        let isRepeating: Bool
    }

    /// The program and its commands, such as `mailconnect`, `journal`, `list`.
    let words: [String]
    let abstract: String
    let discussion: String
    let arguments: [Argument]
    let commands: [ManualEntry]

    /// The name of its page.
    var name: String { words.joined(separator: "-") }

    /// All commands that help shows, each before those below it.
    ///
    /// - Parameter dump: What the parser gave out.
    /// - Returns: The program's own first.
    /// - Throws: `JSONSyntaxError`.
    static func all(_ dump: String) throws -> [ManualEntry] {
        let tool = try JSONParser.parse(Array(dump.utf8))
        return tool["command"].map { ManualEntry($0, below: []).family } ?? []
    }

    private var family: [ManualEntry] { [self] + commands.flatMap(\.family) }

    private init(_ command: JSONValue, below: [String]) {
        words = below + [command["commandName"]?.text ?? ""]
        abstract = command["abstract"]?.text ?? ""
        discussion = command["discussion"]?.text ?? ""
        arguments = Self.shown(command["arguments"]).map(Argument.init)
        let path = words
        commands = Self.shown(command["subcommands"]).filter { $0["commandName"]?.text != "help" }
            .map { ManualEntry($0, below: path) }
    }

    private static func shown(_ list: JSONValue?) -> [JSONValue] {
        (list?.elements ?? []).filter { $0["shouldDisplay"]?.bool != false }
    }
}

extension ManualEntry.Argument {
    fileprivate init(_ argument: JSONValue) {
        let kind = argument["kind"]?.text
        names = (argument["names"]?.elements ?? []).compactMap { name in
            name["name"]?.text.map { (name["kind"]?.text == "long" ? "--" : "-") + $0 }
        }
        value = kind == "flag" ? nil : argument["valueName"]?.text
        words = argument["abstract"]?.text ?? ""
        initial = argument["defaultValue"]?.text
        choices = (argument["allValues"]?.elements ?? []).compactMap(\.text)
        isOptional = argument["isOptional"]?.bool ?? true
        isRepeating = argument["isRepeating"]?.bool ?? false
    }
}
