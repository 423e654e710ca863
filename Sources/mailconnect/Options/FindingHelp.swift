import MailReport

/// `mailconnect help FINDING_ID`: what an id means, and what is done about it.
enum FindingHelp {
    /// The words; nil where the arguments ask for something else.
    static func words(for arguments: [String]) -> String? {
        guard arguments.count == 2, arguments[0] == "help" else { return nil }
        let id = arguments[1].lowercased()
        let console = Console(noColor: false)
        let style = TerminalStyle(colour: console.colour, width: console.width, unicode: console.unicode)
        if let page = FindingGlossary.page(of: id, style: style) { return page }
        guard id.contains("_"), let near = ArgumentHints.nearest(to: id, in: FindingGlossary.ids) else { return nil }
        return "There is no finding of that name. Did you mean: mailconnect help \(near)"
    }
}
