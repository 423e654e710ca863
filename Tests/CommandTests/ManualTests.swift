import Foundation
import Testing

/// The manual that is made from the commands.
@Suite struct ManualTests {
    /// The commands that help lists, with those below them.
    private static let commands = [
        "mailconnect", "mailconnect detect", "mailconnect doctor", "mailconnect add", "mailconnect batch",
        "mailconnect explain",
        "mailconnect diagnose", "mailconnect report", "mailconnect journal", "mailconnect journal list",
        "mailconnect journal show", "mailconnect journal forget", "mailconnect providers", "mailconnect providers list",
        "mailconnect providers show", "mailconnect providers lint", "mailconnect providers new", "mailconnect demo",
    ]

    @Test func everyCommandHasAPage() async throws {
        let names = try await ToolProcess(["manual", "--names"]).output.split(separator: "\n").map(String.init)
        #expect(Set(names).isSuperset(of: Self.commands))
        let help = try await ToolProcess(["--help"]).output
        for match in help.matches(of: /(?m)^  ([a-z]+) {2,}[A-Z]/) { #expect(names.contains("mailconnect \(match.1)")) }
    }

    @Test(arguments: commands) func aPageSaysWhatThereIsToKnow(_ words: String) async throws {
        let command = words.split(separator: " ").dropFirst().map(String.init)
        let page = try await ToolProcess(["manual"] + command, environment: ["SOURCE_DATE_EPOCH": "1790000000"])
        #expect(page.status == 0)
        let title = words.replacing(" ", with: "\\-").uppercased()
        #expect(page.output.hasPrefix(".TH \(title) 1 2026-09-21 \"mailconnect "), "\(page.output.prefix(80))")
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES", "SEE ALSO"] {
            #expect(page.output.contains("\n.SH \(section)\n"), "\(section)")
        }
        // Nothing but the macros that the pages are made of stands at the beginning of a line.
        let requests = Set(page.output.matches(of: /(?m)^\.([A-Za-z]+)/).map { String($0.1) })
        #expect(requests.isSubset(of: ["TH", "SH", "TP", "PP", "RS", "RE", "nf", "fi"]), "\(requests)")
    }

    @Test func everyOptionOfACommandStandsOnItsPage() async throws {
        let help = try await ToolProcess(["help", "add"]).output
        let page = try await ToolProcess(["manual", "add"]).output.replacing("\\-", with: "-")
        let options = help.matches(of: /--[a-z][a-z-]+/).map { String($0.0) }
        #expect(options.count > 30)
        for option in options { #expect(page.contains(option), "\(option)") }
    }

    @Test func aPageThatIsNotThereIsWrongUsage() async throws {
        let page = try await ToolProcess(["manual", "nothing"])
        #expect(page.status == 64 && page.output.isEmpty && page.error.contains("no such page"))
    }
}
