extension Substring {
    /// Where a text stands first, in whatever case, scalar by scalar.
    ///
    /// - Parameter wanted: The text; an empty one stands nowhere.
    /// - Returns: Its place.
    package func firstRange(ofAnyCase wanted: String) -> Range<Index>? {
        let wanted = wanted.unicodeScalars.map(\.properties.lowercaseMapping)
        guard let first = wanted.first else { return nil }
        let scalars = unicodeScalars
        for start in scalars.indices where scalars[start].properties.lowercaseMapping == first {
            var end = start
            let isFound = wanted.allSatisfy { letter in
                guard end < endIndex, scalars[end].properties.lowercaseMapping == letter else { return false }
                scalars.formIndex(after: &end)
                return true
            }
            if isFound { return start..<end }
        }
        return nil
    }
}
