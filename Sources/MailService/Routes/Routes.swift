internal import Hummingbird
internal import MailJSON

/// All routes of the service.
enum Routes {
    static func table(_ parts: ServiceParts) -> RouteTable {
        RouteTable(runs(parts) + batches(parts) + catalogue(parts) + service(parts) + page(parts))
    }

    private static func runs(_ parts: ServiceParts) -> [Route] {
        let runs = RunRoutes(parts: parts)
        let accounts = AccountRoutes(parts: parts)
        let plain = PlainRoutes(parts: parts)
        return [
            Route(
                .post, "/v1/detect",
                body: .json(
                    RequestSchema(
                        DetectRequest.json, "DetectRequest", choice: ("oneOf", ["address", "domain"]))),
                document: RouteDocument(
                    name: "detect", summary: "Infers provider, servers, TLS and user names. Needs no password.",
                    answers: [(200, "The report.", [.json("Report")])], problems: RouteDocument.ofJSON),
                answer: runs.detect),
            Route(
                .post, "/v1/doctor",
                body: .json(RequestSchema(CheckRequest.json, "CheckRequest", excluded: CheckRequest.excluded)),
                document: RouteDocument(
                    name: "doctor", summary: "Checks everything live, and names each cause and its fix.",
                    answers: [(200, "The report; as events where these are asked for.", [.json("Report"), .events])],
                    problems: RouteDocument.ofJSON),
                answer: runs.doctor),
            Route(
                .post, AccountRoutes.route,
                body: .json(
                    RequestSchema(
                        AddRequest.json, "AddRequest", choice: ("anyOf", ["smtp_password", "oauth_token"]),
                        excluded: CheckRequest.excluded)),
                document: RouteDocument(
                    name: "addAccount", summary: "Verifies both logins, and only then registers the account.",
                    answers: [
                        (
                            200, "A run that registered nothing now; as events where these are asked for.",
                            [.json("Report"), .events]
                        ),
                        (201, "The report on an account that is registered now.", [.json("Report")]),
                    ],
                    problems: RouteDocument.ofJSON, parameters: [IdempotencyKey.parameter]),
                answer: accounts.add),
            Route(
                .post, "/v1/explain", body: .json(RequestSchema(ExplainRequest.json, "ExplainRequest")),
                document: RouteDocument(
                    name: "explain", summary: "Explains a pasted server reply, exception or log excerpt.",
                    answers: [(200, "The causes.", [.json("Explanation")])], problems: RouteDocument.ofJSON),
                answer: plain.explain),
        ]
    }

    private static func batches(_ parts: ServiceParts) -> [Route] {
        let batches = BatchRoutes(parts: parts)
        let own = BatchRoutes.route + "/{id}"
        let problems = RouteDocument.ofToken + [404]
        let switches = [
            ("register", "Whether accounts that are ready are registered."),
            ("accept_warnings", "Whether those with warnings are registered too."),
        ]
        return [
            Route(
                .post, BatchRoutes.route, body: .table,
                document: RouteDocument(
                    name: "beginBatch", summary: "Checks many accounts, and registers them where that is wanted.",
                    answers: [(202, "It has begun.", [.json("BatchBegun")])], problems: RouteDocument.ofJSON,
                    parameters: [IdempotencyKey.parameter]
                        + switches.map {
                            RouteDocument.Parameter(
                                name: $0.0, place: "query", about: $0.1, schema: ["type": "boolean"])
                        }),
                answer: batches.begin),
            Route(
                .get, own,
                document: RouteDocument(
                    name: "getBatch", summary: "How far a batch is, and what it came to.",
                    answers: [(200, "The summary.", [.json("BatchSummary")])], problems: problems),
                answer: batches.summary),
            Route(
                .delete, own,
                document: RouteDocument(
                    name: "cancelBatch", summary: "Cancels a batch; what is answered stays.",
                    answers: [(200, "The summary.", [.json("BatchSummary")])], problems: problems),
                answer: batches.cancel),
            Route(
                .get, own + "/events",
                document: RouteDocument(
                    name: "followBatch", summary: "What happens in a batch, until its end.",
                    answers: [(200, "Events: row, progress, and summary as the last.", [.events])],
                    problems: problems + [422],
                    parameters: [
                        RouteDocument.Parameter(
                            name: "Last-Event-ID", place: "header", about: "The last event that the client had.",
                            schema: ["type": "integer", "minimum": 0, "maximum": 2_147_483_647])
                    ]),
                answer: batches.events),
            Route(
                .get, own + "/results",
                document: RouteDocument(
                    name: "batchResults", summary: "The reports of all rows that are answered until now.",
                    answers: [(200, "A report a line.", [.text("application/x-ndjson")])], problems: problems),
                answer: batches.results),
        ]
    }

    private static func catalogue(_ parts: ServiceParts) -> [Route] {
        let plain = PlainRoutes(parts: parts)
        return [
            Route(
                .get, "/v1/providers",
                document: RouteDocument(
                    name: "listProviders", summary: "Lists the catalogue.",
                    answers: [(200, "The providers.", [.json("ProviderList")])], problems: RouteDocument.ofToken),
                answer: plain.providers),
            Route(
                .get, "/v1/providers/{id}",
                document: RouteDocument(
                    name: "getProvider", summary: "Shows a profile of the catalogue.",
                    answers: [(200, "The profile.", [.json("ProviderProfile")])],
                    problems: RouteDocument.ofToken + [404]),
                answer: plain.provider),
        ]
    }

    private static func service(_ parts: ServiceParts) -> [Route] {
        let plain = PlainRoutes(parts: parts)
        return [
            Route(
                .get, "/healthz",
                document: RouteDocument(
                    name: "health", summary: "Says that the service lives.",
                    answers: [(200, "It lives.", [.json("State")])], problems: RouteDocument.ofEverybody),
                answer: plain.health),
            Route(
                .get, "/readyz",
                document: RouteDocument(
                    name: "readiness", summary: "Says whether requests are best sent here.",
                    answers: [(200, "It is ready.", [.json("State")])], problems: RouteDocument.ofEverybody + [503]),
                answer: plain.readiness),
            Route(
                .get, "/metrics",
                document: RouteDocument(
                    name: "metrics", summary: "What is counted, in the text format of Prometheus.",
                    answers: [(200, "The metrics.", [.text("text/plain")])],
                    problems: RouteDocument.ofEverybody + [401]),
                answer: plain.metrics),
            Route(
                .get, "/openapi.json",
                document: RouteDocument(
                    name: "interface", summary: "This document.",
                    answers: [(200, "OpenAPI 3.1.", [.json("Document")])], problems: RouteDocument.ofEverybody),
                answer: { _ in Answers.json(parts.interface()) }),
        ]
    }

    private static func page(_ parts: ServiceParts) -> [Route] {
        let plain = PlainRoutes(parts: parts)
        let html = "text/html; charset=utf-8"
        let files: [(path: String, name: String, type: String, answer: @Sendable (Call) -> Response)] = [
            ("/", "page", html, plain.page("/", html, PackageResources.index_html)),
            (
                "/app.css", "style", "text/css; charset=utf-8",
                plain.page("/app.css", "text/css; charset=utf-8", PackageResources.app_css)
            ),
            (
                "/app.js", "script", "text/javascript; charset=utf-8",
                plain.page("/app.js", "text/javascript; charset=utf-8", PackageResources.app_js)
            ),
        ]
        return files.map { file in
            Route(
                .get, file.path,
                document: RouteDocument(
                    name: file.name, summary: "The page.", answers: [(200, "The file.", [.text(file.type)])],
                    problems: RouteDocument.ofEverybody),
                answer: { call in file.answer(call) })
        }
    }
}
