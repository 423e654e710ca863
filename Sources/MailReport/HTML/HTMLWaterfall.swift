import MailModel

/// The run as bars over time: the look-ups, then both sides beside each other, stage by stage, with the round trips counted.
struct HTMLWaterfall {
    private struct Bar {
        var title: String
        var start: Double
        var length: Double
        var ink: String
        var isFailed: Bool
    }

    private let lanes: [(name: String, bars: [Bar], trips: Int?)]
    private let total: Double

    init(_ report: Report) {
        let timed = report.checks.filter { ($0.observation.duration ?? .zero) > .zero }
        let lookUps = timed.filter { $0.observation.endpoint == nil && $0.observation.stage == .dns }
        // The look-ups run side by side; the two sides after them, each stage after the one before.
        let dns = lookUps.map { Self.bar($0, start: 0, ink: "dns") }
        let begin = dns.map(\.length).max() ?? 0
        var lanes: [(name: String, bars: [Bar], trips: Int?)] = dns.isEmpty ? [] : [("DNS", dns, nil)]
        for service in MailService.allCases {
            var place = begin
            var bars: [Bar] = []
            for check in timed where check.observation.service == service {
                bars.append(Self.bar(check, start: place, ink: service.rawValue))
                place += bars.last?.length ?? 0
            }
            if !bars.isEmpty {
                lanes.append((FindingWords.name(of: service), bars, Self.roundTrips(service, report.diagnosis)))
            }
        }
        self.lanes = lanes
        total = lanes.flatMap(\.bars).map { $0.start + $0.length }.max() ?? 0
    }

    var html: HTML {
        guard total > 0 else { return .empty }
        let drawn = lanes.map { lane -> HTML in
            let trips: HTML = lane.trips.map { " <span class=\"soft\">\($0) round trips</span>" } ?? .empty
            return "<h3>\(lane.name)\(trips)</h3>\n\(lane.bars.map(row))"
        }
        return """
            <section><h2>The run</h2>
            <div class="run">
            \(drawn)</div>
            <p class="soft">\(Self.milliseconds(total)) from the first look-up to the end of the slower side.</p></section>


            """
    }

    /// The title, the bar on a scale of a thousand that stretches with the page, and the time.
    private func row(_ bar: Bar) -> HTML {
        let start = Int(bar.start / total * 1_000)
        let length = max(4, Int(bar.length / total * 1_000))
        return """
            <div class="stage"><span>\(bar.title)</span>\
            <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
            <rect class="lane" x="0" y="4" width="1000" height="2"/>\
            <rect class="\(bar.isFailed ? "failed" : bar.ink)" x="\(min(start, 996))" y="0" width="\(min(length, 1_000 - min(start, 996)))" height="10"/></svg>\
            <span class="time">\(Self.milliseconds(bar.length))</span></div>

            """
    }

    private static func bar(_ check: ReportedCheck, start: Double, ink: String) -> Bar {
        Bar(
            title: check.title, start: start, length: (check.observation.duration ?? .zero) / .milliseconds(1),
            ink: ink,
            isFailed: check.status == .fail || check.status == .broke)
    }

    private static func milliseconds(_ milliseconds: Double) -> String {
        TimeWords.text(.milliseconds(Int64(max(0, min(milliseconds, 1e12)))))
    }

    /// TCP's one (RFC 9293, section 3.5), TLS's one or two (RFC 8446, section 2; RFC 5246, section 7.3), and one for each time that
    /// the server answered what we said, as the transcript shows; nil without a transcript.
    private static func roundTrips(_ service: MailService, _ diagnosis: Diagnosis) -> Int? {
        let said = diagnosis.transcript.filter { $0.endpoint.service == service }
        guard !said.isEmpty else { return nil }
        var trips = 1
        for observation in diagnosis.observations where observation.service == service {
            if case .tls(let facts)? = observation.facts { trips += facts.version == .v1_3 ? 1 : 2 }
        }
        var isAsked = false
        for entry in said {
            if entry.direction == .client { isAsked = true }
            if entry.direction == .server, isAsked {
                trips += 1
                isAsked = false
            }
        }
        return trips
    }
}
