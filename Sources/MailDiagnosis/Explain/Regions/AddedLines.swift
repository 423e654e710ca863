/// Lines that a change adds to a program or its documentation, each behind a plus sign. What stands in them happened to nobody.
enum AddedLines {
    /// From so many on they are a change: a server of POP3 begins its replies so, and a shell the commands that it traces.
    private static let fewest = 3

    /// The lines of a change.
    ///
    /// - Parameters:
    ///   - count: How many lines there are.
    ///   - line: A line by its number, folded.
    /// - Returns: The numbers of the lines that were added; none where there are too few.
    static func lines(count: Int, line: (Int) -> ArraySlice<UInt8>) -> Set<Int> {
        let added = Set((0..<count).filter { isAdded(line($0)) })
        guard added.count >= fewest, !added.contains(where: { isOfPowerShell(Array(line($0))) }) else { return [] }
        return added
    }

    /// PowerShell marks the place of an error and its kind so.
    private static func isOfPowerShell(_ line: [UInt8]) -> Bool {
        ["~~~", "categoryinfo", "fullyqualifiederrorid"].contains { line.contains(word: $0) }
    }

    private static func isAdded(_ line: ArraySlice<UInt8>) -> Bool {
        let line = Array(line.prefix(6))
        guard line.first == UInt8(ascii: "+") else { return false }
        return !line.has("+ok", at: 0) && !line.has("+ idl", at: 0) && line.at(1).map { !$0.isDigit } ?? true
    }
}
