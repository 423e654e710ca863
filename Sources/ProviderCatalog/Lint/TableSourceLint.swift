import MailJSON
import MailModel

/// Looks at the sources in the files that exist once: each of their figures names a place that anybody can open, or says why it
/// is what it is.
struct TableSourceLint {
    private let knowledge: LintKnowledge?

    /// The files whose figures were learnt somewhere.
    private static let learnt = [
        CatalogReader.dailyLimits, CatalogReader.services, CatalogReader.detection, CatalogReader.interceptors,
        CatalogReader.lint,
    ]
    /// Figures are our own judgement there: a reason stands in place of the source.
    private static let judged = "weights.json"
    /// Letters of the shortest reason that says something.
    private static let reasonLength = 20

    /// Takes what is known of pages that have gone.
    init(knowledge: LintKnowledge?) { self.knowledge = knowledge }

    /// What should be looked at. What cannot be read is told where the catalogue is read.
    ///
    /// - Parameter reader: Reads the catalogue.
    /// - Returns: The problems.
    func problems(_ reader: CatalogReader) -> [LintProblem] {
        let learnt = Self.learnt.flatMap { file in
            root(file, reader).map { walk($0, "") { sources(of: $0, $1, in: file) } } ?? []
        }
        return learnt
            + (root(Self.judged, reader).map { walk($0, "") { reasons(of: $0, $1) } } ?? [])
    }

    private func root(_ file: String, _ reader: CatalogReader) -> JSONValue? {
        reader.exists(file) ? try? reader.read(file, .any) : nil
    }

    /// Asks each object, the outer ones first.
    private func walk(
        _ value: JSONValue, _ place: String, _ ask: (JSONObject, String) -> [LintProblem]
    ) -> [LintProblem] {
        switch value {
        case .object(let object):
            ask(object, place)
                + zip(object.keys, object.values).flatMap { walk($1, place.isEmpty ? $0 : "\(place).\($0)", ask) }
        case .list(let list): list.enumerated().flatMap { walk($1, "\(place)[\($0)]", ask) }
        default: []
        }
    }

    /// What bears a day was looked up somewhere. Lists of names that were put together here bear their day at the top.
    private func sources(of object: JSONObject, _ place: String, in file: String) -> [LintProblem] {
        let key = { (name: String) in place.isEmpty ? name : "\(place).\(name)" }
        let one = object["source"].map { [(key("source"), $0.text ?? "")] } ?? []
        let several = (object["sources"]?.elements ?? []).enumerated().map {
            (key("sources[\($0.offset)]"), $0.element.text ?? "")
        }
        if (one + several).isEmpty, object["date"] != nil, !place.isEmpty {
            return [error(file, key("source"), "no source is named for it")]
        }
        // A table that is a copy names where its address begins, which is no page.
        let isBeginning = object["from"] != nil
        return isBeginning
            ? [] : (one + several).flatMap { SourceLint(file: file, knowledge: knowledge).problems(of: $0.1, $0.0) }
    }

    private func reasons(of object: JSONObject, _ place: String) -> [LintProblem] {
        let isFigure = ["weight", "factor", "score"].contains { object[$0] != nil }
        guard isFigure, (object["reason"]?.text ?? "").count < Self.reasonLength else { return [] }
        return [error(Self.judged, place + ".reason", "it does not say why the figure is what it is")]
    }

    private func error(_ file: String, _ keyPath: String, _ message: String) -> LintProblem {
        LintProblem(file: file, keyPath: keyPath, severity: .error, message: message)
    }
}
