import FoundationEssentials

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
        let near = words.map { (word: $0, distance: distance(word, $0)) }.min { $0.distance < $1.distance }
        guard let near, near.distance <= max(1, min(word.count, near.word.count) / 3) else { return nil }
        return near.word
    }

    /// How many letters have to be put in, taken out, exchanged or swapped with their neighbour (optimal string alignment).
    static func distance(_ one: String, _ other: String) -> Int {
        let (one, other) = (Array(one.unicodeScalars.prefix(64)), Array(other.unicodeScalars.prefix(64)))
        var rows = [Array(0...other.count)]
        for (i, letter) in one.enumerated() {
            var row = [i + 1]
            for (j, otherLetter) in other.enumerated() {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == otherLetter ? 0 : 1))
                if i > 0, j > 0, letter == other[j - 1], one[i - 1] == otherLetter {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
