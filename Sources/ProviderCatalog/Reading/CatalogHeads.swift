import MailJSON

/// The files of a catalogue that exist once, and where in it each of them goes.
enum CatalogHeads {
    /// One of them.
    struct File: Sendable {
        let read: @Sendable (CatalogReader) throws(CatalogError) -> CatalogPart.Filling?

        /// What it holds, or why it cannot be read.
        func part(_ reader: CatalogReader) -> CatalogPart {
            var part = CatalogPart()
            do throws(CatalogError) { part.head = try read(reader) } catch { part.errors.append(error) }
            return part
        }
    }

    /// All of them. Two are longer than all others together: they stand apart, so that two cores take one each.
    static let all: [File] = [
        file("catalogue.json", CatalogHead.json) { $1.version = $0.version },
        file(CatalogReader.dailyLimits, DailyLimitBands.json) { $1.dailyLimitBands = $0 },
        file("weights.json", EvidenceWeights.json) { $1.weights = $0 },
        file(CatalogReader.services, WebServices.json) { $1.services = $0 },
        file(CatalogReader.traces, RecognitionCues.json, isNeeded: false) { $1.cues = $0 },
        file(CatalogReader.cues, ExplainCues.json, isNeeded: false) { $1.explainCues = $0 },
        file(CatalogReader.detection, DetectionHints.json, isNeeded: false) { $1.hints = $0 },
        file(CatalogReader.interceptors, Interceptor.list, isNeeded: false) { $1.interceptors = $0.interceptors },
    ]

    private static func file<Value: Sendable>(
        _ name: String, _ description: JSONDescription<Value>, isNeeded: Bool = true,
        _ fill: @escaping @Sendable (Value, inout CatalogContent) -> Void
    ) -> File {
        File { reader throws(CatalogError) in
            guard isNeeded || reader.exists(name) else { return nil }
            let value = try reader.read(name, description)
            return { fill(value, &$0) }
        }
    }
}

/// The file `catalogue.json`.
struct CatalogHead {
    var version: String
    var about: String?

    static let json = JSONDescription<CatalogHead>.object(
        CatalogHead.init,
        .field("version", \.version, .filledText, "The version of the data."),
        .field("about", \.about, .optional(.filledText), missing: nil, "What the catalogue is."))
}
