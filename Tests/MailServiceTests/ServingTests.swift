import Foundation
import HTTPTypes
import Logging
import MailConnect
import MailJSON
import MailReport
import MailTestSupport
import NIOCore
import Testing

@testable import MailService

/// The document of the interface, and slow clients, in process.
struct ServingTests {
    private func engine() throws -> Engine {
        var configuration = Engine.Configuration()
        configuration.providers = Repository.path("providers")
        configuration.policy = .publicOnly()
        return try Engine.standard(configuration)
    }

    private func configuration() -> ServiceConfiguration {
        ServiceConfiguration(tool: ToolIdentity(version: "0", catalogueVersion: "0"))
    }

    private var silence: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    @Test func theDocumentIsTheOneThatIsCheckedIn() throws {
        let parts = ServiceParts(configuration: configuration(), engine: try engine(), logger: silence)
        let text = OpenAPIDocument.text(Routes.table(parts))
        let url = URL(filePath: Repository.path("docs/openapi.json"))
        if ProcessInfo.processInfo.environment["MAILCONNECT_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: url)
        }
        let checkedIn = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        #expect(text == checkedIn, "docs/openapi.json differs: write it anew with MAILCONNECT_UPDATE_GOLDEN=1")
    }

    @Test func everyReferenceOfTheDocumentLeadsSomewhere() throws {
        let parts = ServiceParts(configuration: configuration(), engine: try engine(), logger: silence)
        let document = OpenAPIDocument.document(Routes.table(parts))
        let schemas = document["components"]?["schemas"]
        var references = 0
        func walk(_ value: JSONValue) {
            if let target = value["$ref"]?.text {
                references += 1
                let name = String(target.dropFirst("#/components/schemas/".count))
                #expect(schemas?[name] != nil, "\(target)")
            }
            if case .object(let object) = value { object.values.forEach(walk) }
            value.elements?.forEach(walk)
        }
        walk(document)
        #expect(references > 50)
        for route in Routes.table(parts).routes {
            let operation = document["paths"]?[route.path]?[route.method.rawValue.lowercased()]
            #expect(operation?["operationId"] != nil, "\(route.path)")
        }
    }

    /// What slow clients send before they stop.
    static let slow = [
        "", "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A",
        "POST /v1/explain HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{",
    ]

    @Test(arguments: slow) func aClientThatStopsIsNotWaitedFor(_ begin: String) async throws {
        var configuration = configuration()
        configuration.port = 0
        configuration.times.head = .milliseconds(200)
        configuration.times.body = .milliseconds(200)
        let service = HTTPService(configuration: configuration, engine: try engine(), logger: silence)
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let serving = Task { try await service.run { told.yield($0) } }
        defer { serving.cancel() }
        for await port in ports {
            let connection = try LoopbackSocket(port: port)
            connection.send(begin)
            // It comes to an end only because the service closes the connection.
            _ = await connection.rest()
            break
        }
    }
}
