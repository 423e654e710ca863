/// A value of the catalogue and the place it was read from.
struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The value.
    var value: Value
    /// The file, below the catalogue's folder.
    var file: String
    /// The place in the file; empty when the value is the whole file.
    var keyPath: String
}
