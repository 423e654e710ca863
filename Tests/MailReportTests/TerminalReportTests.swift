import MailModel
import Testing

@testable import MailReport

/// What holds for every report on every terminal.
struct TerminalReportTests {
    static let styles = [40, 57, 80, 132].flatMap { width in
        [
            TerminalStyle(width: width), TerminalStyle(width: width, verbose: true, unicode: true),
            TerminalStyle(colour: true, width: width, verbose: true),
            TerminalStyle(width: width, everything: true),
        ]
    }

    @Test(arguments: Sample.all, styles)
    func linesKeepTheWidth(_ sample: Sample, _ style: TerminalStyle) throws {
        for line in plain(TerminalReport.render(sample.report, style: style)) {
            let widest = line.split(separator: " ").map { TextWidth.of($0) }.max() ?? 0
            let canBeWider = line.contains("://") || sample.name == Sample.hostileServer.name
            let isUnbreakable = canBeWider && widest + 33 > style.width
            #expect(TextWidth.of(line) <= style.width || isUnbreakable, "\(line)")
            #expect(line.last != " ", "\(line)")
        }
    }

    @Test(arguments: Sample.all, styles)
    func noControlCharacterGetsThrough(_ sample: Sample, _ style: TerminalStyle) throws {
        let text = TerminalReport.render(sample.report, style: style)
        let bare = style.colour ? text.replacing(Self.colour, with: "") : text
        let bad = bare.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n"
            case .format, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        #expect(bad.isEmpty, "\(bad.map(\.value))")
        #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n") && !text.contains("\n\n\n"))
    }

    @Test(arguments: Sample.all)
    func colourOnlyRepeatsWhatTheWordsSay(_ sample: Sample) {
        let plain = TerminalReport.render(sample.report, style: TerminalStyle())
        let coloured = TerminalReport.render(sample.report, style: TerminalStyle(colour: true))
        #expect(coloured != plain)
        #expect(coloured.replacing(Self.colour, with: "") == plain)
    }

    @Test(arguments: Sample.all)
    func asciiStyleAddsNothingButASCII(_ sample: Sample) {
        guard sample.name != Sample.hostileServer.name else { return }
        let text = TerminalReport.render(sample.report, style: TerminalStyle())
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: Sample.all)
    func everyFindingIsNamedWithItsSteps(_ sample: Sample) {
        let text = words(of: TerminalReport.render(sample.report, style: TerminalStyle(width: 400, everything: true)))
        for finding in sample.report.diagnosis.findings {
            #expect(text.contains(finding.id.description))
            for link in finding.remedy.links where link.utf8.allSatisfy({ $0 > 0x20 }) { #expect(text.contains(link)) }
            for step in finding.remedy.steps where sample.name != Sample.hostileServer.name {
                #expect(text.contains(words(of: step.text)))
            }
        }
    }

    /// The contract of the first screen: verdict, cause, step and who within eight lines, a failing report at most forty.
    @Test(arguments: Sample.all)
    func theFirstScreenHasTheAnswer(_ sample: Sample) throws {
        guard sample.name != Sample.hostileServer.name else { return }
        let answer = ReportAnswer(sample.report)
        let text = TerminalReport.render(sample.report, style: TerminalStyle())
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix(answer.mark.rawValue + " "))
        let first = words(of: lines.prefix(8).joined(separator: "\n"))
        #expect(first.contains(words(of: answer.headline)))
        if let who = answer.who, answer.cause != nil { #expect(first.contains("Who: \(FindingWords.name(of: who))")) }
        if let step = answer.steps.first {
            let number = answer.steps.count > 1 ? "1) " : ""
            #expect(first.contains("Do \(number)\(words(of: step.text).prefix(20))"))
        }
        if let cause = answer.cause { #expect(first.contains(cause.id.description)) }
        guard sample.report.diagnosis.verdict == .actionNeeded else { return }
        #expect(lines.count <= 41 && !text.contains("Daily limit"))
    }

    @Test func aNarrowTerminalCountsAsForty() {
        #expect(TerminalStyle(width: -3).width == 40)
    }

    private static var colour: Regex<Substring> { /\u{1B}\[(?:0|1|2|31|32|33)m/ }

    private func plain(_ text: String) -> [Substring] {
        text.replacing(Self.colour, with: "").split(separator: "\n", omittingEmptySubsequences: false).map { $0 }
    }

    private func words(of text: String) -> String {
        text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }
}
