import Testing

@testable import MailBatch

struct ResultsCSVTests {
    /// A cell, and how it is written: quotes by RFC 4180, formulas as texts.
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("a\nb", "\"a\nb\""),
        ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"), ("\u{FEFF}=1", "'\u{FEFF}=1"), ("\t=1", "\"'\t=1\""), ("\u{FF1D}1", "'\u{FF1D}1"),
        ("=cmd|' /C calc'!A0,1", "\"'=cmd|' /C calc'!A0,1\""), ("a=1", "a=1"), ("a;b", "\"a;b\""),
    ])
    func isWritten(text: String, cell: String) { #expect(ResultsCSV.cell(text) == cell) }
}
