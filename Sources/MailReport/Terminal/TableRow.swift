/// One row of a table: a mark, a title, a text that may take several lines, and something at the right margin.
struct TableRow {
    /// The columns that the rows of one table share.
    struct Columns {
        /// Columns for the mark, 0 for none.
        var mark: Int
        /// Columns for the title.
        var title: Int
        /// Columns at the right margin.
        var right: Int

        /// Where the text begins.
        var textStart: Int { (mark > 0 ? mark + 2 : 0) + title + 1 }
    }

    var mark = ""
    var ink = Ink.plain
    var title: String
    var text: String
    var right = ""
}
