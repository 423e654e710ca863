internal import FoundationEssentials
internal import HTTPTypes
internal import MailJSON
internal import MailModel
internal import MailReport
internal import ProviderCatalog

/// The document of the interface (OpenAPI 3.1), made from the routes and from the descriptions that read and write their JSON.
enum OpenAPIDocument {
    /// The document as text.
    static func text(_ table: RouteTable) -> String { document(table).rendered() }

    /// The document.
    static func document(_ table: RouteTable) -> JSONValue {
        var paths = JSONObject()
        for route in table.routes {
            var item: JSONObject = [:]
            if case .object(let known)? = paths[route.path] { item = known }
            item[route.method.rawValue.lowercased()] = .object(operation(route))
            paths[route.path] = .object(item)
        }
        var components = Components()
        for route in table.routes {
            if case .json(let schema) = route.body { components.add(schema.document(), as: schema.name) }
        }
        components.add(JSONSchema.document(of: Problem.json, title: "Problem", about: "What is wrong."), as: "Problem")
        components.add(JSONSchema.document(of: Report.json, title: "Report", about: "A report."), as: "Report")
        components.add(
            JSONSchema.document(of: Explanation.json, title: "Explanation", about: "What a text means."),
            as: "Explanation")
        components.add(
            JSONSchema.document(of: ProviderProfile.document, title: "ProviderProfile", about: "A profile."),
            as: "ProviderProfile")
        for event in RunEventJSON.documents { components.add(event.document, as: event.name) }
        for (name, schema) in plain { components.schemas[name] = schema }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "mailconnectd", "version": "1",
                "description": "Finds out whether a mailbox can be connected, why not, and what to do about it.",
            ],
            "paths": .object(paths),
            "components": [
                "schemas": .object(JSONObject(sorting: components.schemas)),
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
            ],
        ]
    }

    private static let plain: [(String, JSONValue)] = [
        ("State", ["type": "object", "required": ["status"], "properties": ["status": ["type": "string"]]]),
        ("Document", ["type": "object"]),
        (
            "BatchBegun",
            ["type": "object", "required": ["batch_id"], "properties": ["batch_id": ["type": "string"]]]
        ),
        (
            "BatchSummary",
            [
                "type": "object", "required": ["schema", "command", "batch_id", "status", "summary"],
                "properties": [
                    "schema": ["const": 1], "command": ["const": "batch"], "batch_id": ["type": "string"],
                    "status": ["enum": .texts(BatchRecord.Status.allCases.map(\.rawValue))],
                    "register": ["type": "boolean"], "created_at": ["type": "string", "format": "date-time"],
                    "progress": ["type": ["object", "null"]], "summary": ["type": "object"],
                ],
            ]
        ),
        (
            "ProviderList",
            [
                "type": "object", "required": ["schema", "catalogue_version", "providers"],
                "properties": [
                    "schema": ["const": 1], "catalogue_version": ["type": "string"],
                    "providers": ["type": "array", "items": ["type": "object"]],
                ],
            ]
        ),
    ]

    private static func operation(_ route: Route) -> JSONObject {
        var operation: JSONObject = [
            "operationId": .text(route.document.name), "summary": .text(route.document.summary),
        ]
        let parameters = parameters(route)
        if !parameters.isEmpty { operation["parameters"] = .list(parameters) }
        switch route.body {
        case .none: break
        case .json(let schema):
            operation["requestBody"] = [
                "required": true,
                "content": ["application/json": ["schema": reference(schema.name)]],
            ]
        case .table:
            var content = JSONObject()
            let filled: JSONValue = ["type": "string", "minLength": 1, "pattern": "[^\\u0000-\\u0020]"]
            for type in Route.tableTypes { content[type] = ["schema": filled] }
            operation["requestBody"] = ["required": true, "content": .object(content)]
        }
        operation["responses"] = .object(responses(route.document))
        operation["security"] = Route.needsToken(route.path) ? [["token": []], [:]] : []
        return operation
    }

    private static func parameters(_ route: Route) -> [JSONValue] {
        let inPath = route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment -> JSONValue in
            [
                "name": .text(String(segment.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string", "minLength": 1],
            ]
        }
        return inPath
            + route.document.parameters.map { parameter in
                [
                    "name": .text(parameter.name), "in": .text(parameter.place), "required": false,
                    "description": .text(parameter.about), "schema": .object(parameter.schema),
                ]
            }
    }

    private static func responses(_ document: RouteDocument) -> JSONObject {
        var responses = JSONObject()
        for answer in document.answers {
            var response: JSONObject = ["description": .text(answer.about)]
            var content = JSONObject()
            for part in answer.content {
                switch part {
                case .json(let name): content["application/json"] = ["schema": reference(name)]
                case .text(let type): content[type] = ["schema": ["type": "string"]]
                case .events: content["text/event-stream"] = ["schema": ["type": "string"]]
                case .none: break
                }
            }
            if content.count > 0 { response["content"] = .object(content) }
            responses[String(answer.status)] = .object(response)
        }
        for status in document.problems.sorted() {
            responses[String(status)] = [
                "description": .text(Problem.ID.allCases.first { $0.status == status }?.title ?? "A problem"),
                "content": ["application/problem+json": ["schema": reference("Problem")]],
            ]
        }
        return responses
    }

    private static func reference(_ name: String) -> JSONValue { ["$ref": .text("#/components/schemas/" + name)] }
}

/// Schemas that were documents of their own, brought together.
private struct Components {
    var schemas: [String: JSONValue] = [:]

    mutating func add(_ document: JSONValue, as name: String) {
        guard case .object(var root) = moved(document) else { return }
        if case .object(let definitions)? = root["$defs"] {
            for (key, value) in zip(definitions.keys, definitions.values) { schemas[key] = value }
        }
        for key in ["$defs", "$schema", "title"] { root[key] = nil }
        if case .object(var properties)? = root["properties"] {
            properties["$schema"] = nil
            root["properties"] = .object(properties)
        }
        schemas[name] = .object(root)
    }

    /// The same with references that lead to the components.
    private func moved(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var result = JSONObject()
            for (key, inner) in zip(object.keys, object.values) {
                if key == "$ref", let target = inner.text {
                    result[key] = .text(target.replacing("#/$defs/", with: "#/components/schemas/"))
                } else {
                    result[key] = moved(inner)
                }
            }
            return .object(result)
        case .list(let items): return .list(items.map(moved))
        default: return value
        }
    }
}
