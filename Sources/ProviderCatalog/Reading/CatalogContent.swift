/// All that could be read of a catalogue, and all that could not.
struct CatalogContent: Hashable, Sendable {
    /// The version, empty when it could not be read.
    var version = ""
    /// The table of daily limits, without figures when it could not be read.
    var dailyLimitBands = DailyLimitBands.none
    /// How much evidence weighs.
    var weights = EvidenceWeights.none
    /// Services on the web.
    var services = WebServices.none
    /// Who opens TLS on the way.
    var interceptors: [Interceptor] = []
    /// Words in pasted texts; none when the catalogue has no such file.
    var traces = TextTraces.none
    /// The profiles that could be read, by file name.
    var profiles: [Located<ProviderProfile>] = []
    /// The signatures that could be read, by file name.
    var signatures: [Located<Signature>] = []
    /// Whether profiles were left out on purpose.
    var isPart = false
    /// What is wrong.
    var errors: [CatalogError] = []
}

/// A value of the catalogue and the place it was read from.
struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The value.
    var value: Value
    /// The file, below the catalogue's folder.
    var file: String
    /// The place in the file; empty when the value is the whole file.
    var keyPath: String
}
