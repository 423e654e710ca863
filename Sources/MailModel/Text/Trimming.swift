extension StringProtocol {
    /// The text without what is white in Unicode at both ends.
    ///
    /// - Parameter lineEnds: Whether line ends count as white; without them only blanks and tabs go.
    /// - Returns: What stands between.
    package func trimmingWhitespace(lineEnds: Bool = true) -> String {
        let isTaken: (Unicode.Scalar) -> Bool = { scalar in
            lineEnds
                ? scalar.properties.isWhitespace
                : scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator
        }
        let scalars = String(self).unicodeScalars
        guard let last = scalars.lastIndex(where: { !isTaken($0) }) else { return "" }
        return String(String.UnicodeScalarView(scalars[...last].drop(while: isTaken)))
    }
}
