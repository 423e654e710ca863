import FoundationEssentials
import ProviderCatalog

/// What was probably meant by arguments that make no sense.
enum ArgumentHints {
    /// A word or two for the person; nil where nothing comes to mind.
    ///
    /// - Parameters:
    ///   - arguments: The arguments as they came.
    ///   - commands: The names of the commands.
    ///   - help: The help of the command that was called, which lists its options.
    /// - Returns: The words.
    static func hint(for arguments: [String], commands: [String], help: String) -> String? {
        if let secret = arguments.first(where: { isPassword($0) }) {
            let name = secret.contains("api") || secret.contains("key") ? "api-key" : "password"
            return name == "password"
                ? "A password never comes from an argument, where others see it: use --password-file FILE, "
                    + "--password-command CMD or MAILCONNECT_PASSWORD."
                : "A key never comes from an argument, where others see it: use --api-key-file FILE or COLDSEND_API_KEY."
        }
        if let command = arguments.first, !command.hasPrefix("-"), !commands.contains(command) {
            return nearest(to: command, in: commands).map { "Did you mean: mailconnect \($0)" }
        }
        let known = help.matches(of: /--[a-z][a-z-]+/).map { String($0.output) }
        let unknown = arguments.first { argument in
            argument.hasPrefix("--") && argument != "--" && !known.contains(String(argument.prefix { $0 != "=" }))
        }
        guard let unknown else { return nil }
        return nearest(to: String(unknown.prefix { $0 != "=" }), in: known).map { "Did you mean \($0)?" }
    }

    private static func isPassword(_ argument: String) -> Bool {
        let name = argument.prefix { $0 != "=" }.lowercased()
        return [
            "--password", "--pass", "--pw", "--secret", "--imap-password", "--smtp-password", "--oauth-token",
            "--token",
            "--api-key", "--key",
        ].contains(name)
    }

    /// The word with the fewest changes, where these are few for its length.
    static func nearest(to word: String, in words: [String]) -> String? {
        let word = word.lowercased()
        let begun = words.filter { word.count >= 3 && $0.hasPrefix(word) }
        if begun.count == 1 { return begun[0] }
        let near = words.map { (word: $0, distance: WordDistance.between(word, $0)) }.min { $0.distance < $1.distance }
        guard let near, near.distance <= max(1, min(word.count, near.word.count) / 3) else { return nil }
        return near.word
    }
}
