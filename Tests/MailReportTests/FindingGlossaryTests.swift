import Foundation
import MailModel
import MailReport
import Testing

/// Every finding that is known by name can be looked up.
@Suite struct FindingGlossaryTests {
    @Test func everyIDIsExplained() throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/MailModel/Finding/FindingID.swift")
        let text = try String(contentsOf: source, encoding: .utf8)
        let ids = text.matches(of: /FindingID\("([a-z_]+)"\)/).map { String($0.output.1) }
        #expect(ids.count > 60 && Set(ids) == Set(FindingGlossary.ids))
        for id in ids {
            let entry = try #require(FindingGlossary.entry(of: id))
            #expect(entry.meaning.hasSuffix(".") && entry.remedy.hasSuffix("."))
        }
    }
}
