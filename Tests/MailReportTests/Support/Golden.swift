import Foundation
import Testing

/// Golden files: what a rendering is held against. `MAILCONNECT_UPDATE_GOLDEN=1` writes them anew.
enum Golden {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let isUpdating = ProcessInfo.processInfo.environment["MAILCONNECT_UPDATE_GOLDEN"] == "1"

    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = root.appending(path: "fixtures/golden/report/\(name)")
        if isUpdating { try Data(text.utf8).write(to: file) }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        guard text != expected else { return }
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(new, old).prefix { $0 == $1 }.count
        Issue.record(
            """
            \(name), line \(line + 1)
            expected: \(line < old.count ? old[line] : "(the end)")
            found:    \(line < new.count ? new[line] : "(the end)")
            """, sourceLocation: sourceLocation)
    }
}
