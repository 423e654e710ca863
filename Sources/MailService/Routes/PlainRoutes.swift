internal import HTTPTypes
internal import Hummingbird
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import MailReport
internal import NIOCore
internal import ProviderCatalog

/// What needs no network: explaining, the catalogue, the state of the service, the page.
struct PlainRoutes: Sendable {
    let parts: ServiceParts

    func explain(_ call: Call) async throws -> Response {
        let request = try await call.json(ExplainRequest.json)
        let explanation = try await parts.engine.explain(request.text).result
        return Answers.json(JSONReport.render(explanation, .compact))
    }

    func providers(_ call: Call) -> Response { Answers.json(ProviderList.json(of: parts.engine.catalog)) }

    func provider(_ call: Call) throws(Problem) -> Response {
        guard let id = call.parameters.first, let profile = parts.engine.catalog.profile(id: id) else {
            throw Problem(.notFound, "the catalogue has no such provider")
        }
        return Answers.json(ProviderProfile.document.write(profile))
    }

    func health(_ call: Call) -> Response { Answers.json(["status": "ok"]) }

    /// Whether requests are best sent here: not while it is full or about to end.
    func readiness(_ call: Call) throws(Problem) -> Response {
        try parts.runs.checkRoom()
        return Answers.json(["status": "ready"])
    }

    /// What is counted, for Prometheus.
    func metrics(_ call: Call) -> Response {
        let text = parts.metrics.text(
            runs: parts.runs.taken, batches: parts.batches.places.taken, pauses: parts.batches.pauses)
        return Answers.of(text, type: "text/plain; version=0.0.4; charset=utf-8")
    }

    func page(_ name: String, _ type: String, _ octets: @escaping @autoclosure @Sendable () -> [UInt8])
        -> @Sendable (
            Call
        ) -> Response
    {
        { _ in
            Response(
                status: .ok, headers: [.contentType: type, .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets())))
        }
    }
}

/// The catalogue as a list.
enum ProviderList {
    static func json(of catalog: Catalog) -> JSONValue {
        let rows = catalog.profiles.map { profile -> JSONValue in
            [
                "id": .text(profile.id), "name": .text(profile.name), "kind": .text(profile.kind.rawValue),
                "inbox_type": .optional(profile.inboxType?.rawValue),
                "domains": .texts(profile.domains.map(\.description)),
            ]
        }
        return ["schema": 1, "catalogue_version": .text(catalog.version), "providers": .list(rows)]
    }
}
