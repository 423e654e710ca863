/// How far two words are from each other.
package enum WordDistance {
    /// How many letters have to be put in, taken out, exchanged or swapped with their neighbour (optimal string alignment).
    package static func between(_ one: String, _ other: String) -> Int {
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
