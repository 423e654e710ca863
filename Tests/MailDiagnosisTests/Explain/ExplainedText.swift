import Foundation
import MailTestSupport
import Testing

/// One text of `fixtures/explain/texts.json`, and what it must be explained as.
struct ExplainedText: Decodable, Sendable, CustomTestStringConvertible {
    var id: String
    var group: String
    var expected: String
    var allowed: [String]?
    var provider: String?
    var text: String

    var testDescription: String { id }

    /// Every cause that may come first.
    var causes: [String] { [expected] + (allowed ?? []) }

    /// All texts; none when the file cannot be read, which a test of its own finds.
    static let all: [ExplainedText] = {
        struct File: Decodable { var texts: [ExplainedText] }
        let data = FileManager.default.contents(atPath: Repository.path("fixtures/explain/texts.json")) ?? Data()
        return (try? JSONDecoder().decode(File.self, from: data).texts) ?? []
    }()
}
