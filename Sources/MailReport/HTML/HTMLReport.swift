internal import MailModel

/// A report as one HTML page that needs nothing else: the text of the terminal, every character of it escaped.
public enum HTMLReport {
    /// Renders the page.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - remedyWords: How steps are worded.
    /// - Returns: A whole HTML document.
    public static func render(_ report: Report, remedyWords: RemedyWords = .neutral) -> String {
        let style = TerminalStyle(colour: false, width: 100, verbose: true, unicode: true)
        let title = report.diagnosis.address?.description ?? report.diagnosis.domain.description
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width">
            <title>\(escaped(title)) - mailconnect</title>
            <style>body { margin: 2em; } pre { font: 14px/1.5 monospace; white-space: pre-wrap; }</style>
            </head>
            <body>
            <pre>\(escaped(TerminalReport.render(report, style: style, remedyWords: remedyWords)))</pre>
            </body>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }
}
