import MailJSON
import MailModel
import MailReport
import Testing

@testable import mailconnect

/// The renderings against the golden files: here, and only here, the wording is held.
struct GoldenReportTests {
    @Test(arguments: Sample.all)
    func text(_ sample: Sample) throws {
        let text = TerminalReport.render(
            sample.report, style: TerminalStyle(), remedyWords: Self.words(sample))
        try Golden.check(text, "\(sample.name).txt")
    }

    @Test(arguments: Sample.all)
    func json(_ sample: Sample) throws {
        try Golden.check(JSONReport.render(sample.report), "\(sample.name).json")
    }

    @Test(arguments: [
        ("colour", TerminalStyle(colour: true), Sample.wrongPassword),
        ("unicode", TerminalStyle(width: 100, unicode: true), Sample.noPassword),
        ("verbose", TerminalStyle(verbose: true), Sample.registered),
        ("narrow", TerminalStyle(width: 40), Sample.tenantSwitch),
        ("all", TerminalStyle(everything: true), Sample.wrongPassword),
        ("all", TerminalStyle(everything: true), Sample.detectKnown),
        ("all", TerminalStyle(everything: true), Sample.registered),
    ])
    func style(_ name: String, _ style: TerminalStyle, _ sample: Sample) throws {
        let text = TerminalReport.render(sample.report, style: style, remedyWords: Self.words(sample))
        try Golden.check(text, "\(sample.name).\(name).txt")
    }

    @Test func compactJSONIsOneLineOfTheSameValue() throws {
        for sample in Sample.all {
            let compact = JSONReport.render(sample.report, .compact)
            #expect(compact.hasSuffix("}\n") && compact.filter { $0 == "\n" }.count == 1)
            #expect(try ParsedJSON(compact) == ParsedJSON(JSONReport.render(sample.report)))
        }
    }

    @Test(arguments: Sample.all) func markdown(_ sample: Sample) throws {
        let text = MarkdownReport.render(sample.report, verbose: true, remedyWords: Self.words(sample))
        try Golden.check(text, "\(sample.name).md")
    }

    @Test(arguments: Sample.all) func html(_ sample: Sample) throws {
        try Golden.check(HTMLReport.render(sample.report, remedyWords: Self.words(sample)), "\(sample.name).html")
    }

    @Test(arguments: Sample.all) func shared(_ sample: Sample) throws {
        let report = try #require(SharedReport.of(sample.report))
        try Golden.check(JSONReport.render(report), "\(sample.name).share.json")
    }

    private static func words(_ sample: Sample) -> RemedyWords {
        let diagnosis = sample.report.diagnosis
        return CommandLineRemedies.words(for: diagnosis.address?.description ?? diagnosis.domain.description)
    }
}
