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
            sample.report, style: TerminalStyle(), remedyWords: CommandLineRemedies.words)
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
    ])
    func style(_ name: String, _ style: TerminalStyle, _ sample: Sample) throws {
        let text = TerminalReport.render(sample.report, style: style, remedyWords: CommandLineRemedies.words)
        try Golden.check(text, "\(sample.name).\(name).txt")
    }

    @Test func compactJSONIsOneLineOfTheSameValue() throws {
        for sample in Sample.all {
            let compact = JSONReport.render(sample.report, .compact)
            #expect(compact.hasSuffix("}\n") && compact.filter { $0 == "\n" }.count == 1)
            #expect(try ParsedJSON(compact) == ParsedJSON(JSONReport.render(sample.report)))
        }
    }

    @Test func checkLineIsTheLineOfTheReport() throws {
        let diagnosis = Sample.wrongPassword.report.diagnosis
        let report = TerminalReport.render(Sample.wrongPassword.report, style: TerminalStyle())
        for observation in diagnosis.observations {
            let line = TerminalReport.checkLine(observation, findings: diagnosis.findings, style: TerminalStyle())
            #expect(report.contains("\n" + line))
        }
    }
}
