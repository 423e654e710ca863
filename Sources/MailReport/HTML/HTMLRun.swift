import MailModel

/// What the run used and saw: settings, checks, certificates, what was said.
enum HTMLRun {
    static func settings(_ diagnosis: Diagnosis) -> HTML {
        guard let settings = diagnosis.settings else { return .empty }
        let rows = MailService.allCases.map { service -> HTML in
            let endpoint = settings.endpoint(for: service)
            let security = endpoint.security == .tls ? "TLS" : "STARTTLS"
            let username = settings.username(for: service) ?? "not known"
            return """
                <tr><th scope="row">\(FindingWords.name(of: service))</th><td class="mono copy">\(endpoint.host)</td>\
                <td class="mono copy">\(endpoint.port)</td><td>\(security)</td><td class="mono copy">\(username)</td></tr>

                """
        }
        return """
            <section><h2>Settings</h2>
            <table class="stack"><thead><tr><th scope="col"></th><th scope="col">server</th><th scope="col">port</th>\
            <th scope="col">encryption</th><th scope="col">user name</th></tr></thead><tbody>
            \(rows)</tbody></table>
            <p class="soft">From \("\(settings.source)"). A click selects a value.</p></section>


            """
    }

    static func checks(_ report: Report) -> HTML {
        guard !report.checks.isEmpty else { return .empty }
        let rows = report.checks.map { check -> HTML in
            let (word, name) = mark(check.status)
            return """
                <tr><td class="mark \(name)">\(word)</td><td class="title">\(check.title)</td><td>\(CheckWords.whole(of: check))</td>\
                <td class="time">\(check.observation.duration.map(TimeWords.text) ?? "")</td></tr>

                """
        }
        return """
            <section><h2>Checks</h2>
            <table class="stack checks"><thead><tr><th scope="col"></th><th scope="col">check</th><th scope="col">what it saw</th>\
            <th scope="col">time</th></tr></thead><tbody>
            \(rows)</tbody></table></section>


            """
    }

    static func certificates(_ diagnosis: Diagnosis) -> HTML {
        var seen: Set<[String]> = []
        var chains: [HTML] = []
        for observation in diagnosis.observations {
            guard case .tls(let facts)? = observation.facts, let endpoint = observation.endpoint else { continue }
            guard seen.insert(facts.certificates.map(\.sha256)).inserted else { continue }
            chains.append(chain(facts, endpoint))
        }
        guard !chains.isEmpty else { return .empty }
        return "<section><h2>Certificates</h2>\n<div class=\"two\">\(chains)</div></section>\n\n"
    }

    private static func chain(_ facts: TLSFacts, _ endpoint: Endpoint) -> HTML {
        let items = facts.certificates.map { certificate -> HTML in
            let names = DNSWords.list(certificate.dnsNames, atMost: 4)
            return """
                <li><strong>\(certificate.subject)</strong>\(names.isEmpty ? HTML.empty : "<br>\(names)")<br>\
                <span class="soft">by \(certificate.issuer), \(TimeWords.day(certificate.notBefore)) to \(TimeWords.day(certificate.notAfter))</span></li>

                """
        }
        var verdict: HTML = "The chain is trusted"
        if case .rejected(_, let reason) = facts.chain { verdict = "The chain is not trusted: \(reason)" }
        let name = facts.hostNameMatches ? "it names \(facts.serverName)" : "it does not name \(facts.serverName)"
        return """
            <div><h3>\(endpoint.host), port \(endpoint.port)</h3>
            <p>\(verdict); \(name). \(facts.version.description), \(facts.cipherSuite).</p>
            <ul class="chain">\(items)</ul></div>

            """
    }

    static func transcript(_ diagnosis: Diagnosis) -> HTML {
        guard !diagnosis.transcript.isEmpty else { return .empty }
        var place: Endpoint?
        var lines: [HTML] = []
        for entry in diagnosis.transcript {
            if entry.endpoint != place { lines.append("\(entry.endpoint.description)\n") }
            place = entry.endpoint
            lines.append("  \(TimeWords.text(entry.at)) \(entry.direction.rawValue) \(entry.text)\n")
        }
        return """
            <section><details><summary>What was said on the wire (C we, S the server, ! what happened; secrets masked)</summary>
            <pre>\(lines)</pre></details></section>


            """
    }

    private static func mark(_ status: CheckStatus) -> (word: String, name: String) {
        switch status {
        case .pass: ("ok", "ok")
        case .warn: ("warn", "warn")
        case .fail, .broke: ("FAIL", "fail")
        case .blocked, .skipped: ("not run", "soft")
        }
    }
}
