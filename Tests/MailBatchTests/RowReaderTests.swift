import MailModel
import Testing

@testable import MailBatch

/// Files as people have them: exports of other products, of spreadsheets, and by hand.
struct RowReaderTests {
    /// A file, and what its first row holds, in the words of `shown`.
    static let files: [(name: String, text: String, row: String)] = [
        (
            "own names",
            "email_address,display_name,smtp_username,smtp_password,imap_username,imap_password,smtp_host,smtp_port,imap_host,imap_port,daily_limit,inbox_type\n"
                + "a@x.test,Ann,su,sp,iu,ip,s.x.test,465,i.x.test,993,30,CUSTOM_SMTP\n",
            "a@x.test Ann su:sp@s.x.test:465/tls iu:ip@i.x.test:993/tls 30"
        ),
        (
            "title case with blanks",
            "Email,First Name,Last Name,IMAP Username,IMAP Password,IMAP Host,IMAP Port,SMTP Username,SMTP Password,SMTP Host,SMTP Port,Daily Limit,Warmup Enabled,Warmup Limit,Warmup Increment\n"
                + "a@x.test,Ann,Lee,iu,ip,i.x.test,993,su,sp,s.x.test,587,30,TRUE,40,2\n",
            "a@x.test Ann Lee su:sp@s.x.test:587/starttls iu:ip@i.x.test:993/tls 30"
        ),
        (
            "one user name and one password",
            "from_name,from_email,user_name,password,smtp_host,smtp_port,imap_host,imap_port,max_email_per_day,imap_user_name,imap_password\n"
                + "Ann,a@x.test,su,sp,s.x.test,465,i.x.test,993,50,,\n",
            "a@x.test Ann su:sp@s.x.test:465/tls -:=@i.x.test:993/tls -"
        ),
        (
            "names with their side in front",
            "SMTP email,SMTP login,SMTP password,SMTP server,SMTP port,SMPT from name,IMAP email,IMAP password,IMAP server,IMAP port\n"
                + "a@x.test,su,sp,s.x.test,587,Ann,iu,ip,i.x.test,993\n",
            "a@x.test Ann su:sp@s.x.test:587/starttls iu:ip@i.x.test:993/tls -"
        ),
        (
            "login in place of user name",
            "Email,First name,Last name,SMTP host,SMTP port,SMTP login,SMTP password,IMAP host,IMAP port,IMAP login,IMAP password\n"
                + "a@x.test,Ann,Lee,s.x.test,587,su,sp,i.x.test,993,iu,ip\n",
            "a@x.test Ann Lee su:sp@s.x.test:587/starttls iu:ip@i.x.test:993/tls -"
        ),
        (
            "words joined by capitals",
            "email,password,smtpHost,smtpPort,smtpTls,imapHost,imapPort,imapTls,fromName,dailyLimit\n"
                + "a@x.test,sp,s.x.test,2587,starttls,i.x.test,1993,ssl,Ann,30\n",
            "a@x.test Ann -:sp@s.x.test:2587/starttls -:=@i.x.test:1993/tls 30"
        ),
        (
            "an app password and bare names for hosts", "Email,App Password,SMTP,IMAP\na@x.test,sp,s.x.test,i.x.test\n",
            "a@x.test - -:sp@s.x.test:587/starttls -:=@i.x.test:993/tls -"
        ),
        ("semicolons", "email;smtp_password\na@x.test;s,p\n", "a@x.test - -:s,p -:= -"),
        ("tabs", "email\tsmtp_password\na@x.test\ts;p\n", "a@x.test - -:s;p -:= -"),
        ("a line for the separator", "sep=;\r\nemail;smtp_password\r\na@x.test;p\r\n", "a@x.test - -:p -:= -"),
        ("a byte order mark", "\u{FEFF}email,smtp_password\na@x.test,p\n", "a@x.test - -:p -:= -"),
        ("blank lines first", "\n\r\nemail,smtp_password\na@x.test,p\n", "a@x.test - -:p -:= -"),
        ("a password is never trimmed", "email,smtp_password\n a@x.test , p \n", "a@x.test - -: p  -:= -"),
        ("an empty password is none", "email,smtp_password\na@x.test,\n", "a@x.test - -:- -:- -"),
        (
            "hosts as URLs and with ports", "email,smtp_host,imap_host\na@x.test,https://s.x.test/,i.x.test:143\n",
            "a@x.test - -:-@s.x.test:587/starttls -:-@i.x.test:143/starttls -"
        ),
        (
            "a spreadsheet's numbers", "email,smtp_host,smtp_port,imap_host\na@x.test,s.x.test,465.0,i.x.test\n",
            "a@x.test - -:-@s.x.test:465/tls -:-@i.x.test:993/tls -"
        ),
        (
            "no encryption is not done", "email,smtp_host,smtp_tls,imap_host\na@x.test,s.x.test,none,i.x.test\n",
            "a@x.test - -:-@s.x.test:587/starttls -:-@i.x.test:993/tls -"
        ),
        (
            "secrets elsewhere", "email,password_command,imap_password_file\na@x.test,pass show x,/run/x\n",
            "a@x.test - -:command -:file -"
        ),
        (
            "objects",
            "{\"email\":\"a@x.test\",\"smtp_password\":\"p\",\"smtp_host\":\"s.x.test\",\"smtp_port\":465}\n",
            "a@x.test - -:p@s.x.test:465/tls -:= -"
        ),
        (
            "objects with null", "\n{\"email\":\"a@x.test\",\"smtp_password\":null,\"daily_limit\":7}",
            "a@x.test - -:- -:- 7"
        ),
    ]

    @Test(arguments: files.indices) func isRead(file: Int) throws {
        let (name, text, expected) = Self.files[file]
        let items = try Self.items(Array(text.utf8))
        #expect(items.map(Self.shown) == [expected], "\(name)")
    }

    @Test(arguments: files.indices) func isReadTheSameInPieces(file: Int) throws {
        let (name, text, expected) = Self.files[file]
        var reader = RowReader()
        var items: [InputItem] = []
        for octet in text.utf8 { items += try reader.feed([octet]) }
        items += try reader.finish()
        #expect(items.map(Self.shown) == [expected], "\(name)")
    }

    /// UTF-16 as Excel writes "Unicode text", either way round.
    @Test(arguments: [true, false]) func utf16IsRead(isBig: Bool) throws {
        let text = "email\tdisplay_name\tsmtp_password\na@x.test\tZoë 🙂\tpä\n"
        let octets = ([0xFEFF] + text.utf16).flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isBig ? [high, low] : [low, high]
        }
        #expect(try Self.items(octets).map(Self.shown) == ["a@x.test Zoë 🙂 -:pä -:= -"])
    }

    /// One bad row is told by its place, and the others are read.
    static let bad: [(text: String, problem: String)] = [
        ("email,smtp_port,smtp_host\n,1,s.x.test\n", "missing_address 2:1 email"),
        ("email,smtp_port,smtp_host\nnobody,1,s.x.test\n", "bad_address 2:1 email"),
        ("email,smtp_port,smtp_host\nb@x.test,99999,s.x.test\n", "bad_value 2:10 smtp_port"),
        ("email,smtp_port,smtp_host\nb@x.test,587,not a host\n", "bad_value 2:14 smtp_host"),
        ("email,daily_limit\nb@x.test,many\n", "bad_value 2:10 daily_limit"),
        ("email,daily_limit\nb@x.test,0\n", "bad_value 2:10 daily_limit"),
        ("email,daily_limit\nb@x.test\n", "wrong_field_count 2:1 -"),
        ("email,daily_limit\nb@x.test,1,2\n", "wrong_field_count 2:12 -"),
        ("email,smtp_password\nb@x.test,\"a\"b\n", "broken_quotes 2:13 -"),
        ("{\"email\":\"b@x.test\",\"smtp_port\":[1]}\n", "bad_value 1:0 smtp_port"),
        ("{\"email\":\n{}\n", "bad_json 1:0 -"),
        ("[1]\n", "whole file"),
        ("a,b\n1,2\n", "whole file"),
        ("b@x.test,pw\n", "whole file"),
        ("", "whole file"),
    ]

    @Test(arguments: bad.indices) func isTold(row: Int) throws {
        let (text, expected) = Self.bad[row]
        var problems: [String] = []
        do throws(InputProblem) {
            for case .bad(_, let line, let problem, _) in try Self.items(Array(text.utf8)) {
                problems.append(
                    "\(problem.id.rawValue) \(problem.line ?? line):\(problem.column ?? 0) \(problem.field ?? "-")")
            }
        } catch {
            problems = ["whole file"]
        }
        #expect(problems.first == expected)
    }

    @Test func oneBadRowStopsNoOther() throws {
        let text = "email,smtp_password\na@x.test,1\nb@x.test,\"2\nc@x.test,3\nd@x.test,4,5\ne@x.test,6\n"
        let items = try Self.items(Array(text.utf8))
        #expect(items.count == 5)
        #expect(items.filter { if case .row = $0 { true } else { false } }.map(Self.shown).count == 3)
    }

    @Test func latin1IsToldAndNotGuessed() throws {
        let octets = Array("email,smtp_password\na@x.test,p".utf8) + [0xE4, 10] + Array("b@x.test,q\n".utf8)
        let items = try Self.items(octets)
        guard case .bad(1, 2, let problem, "a@x.test"?)? = items.first else {
            Issue.record("the row was read")
            return
        }
        #expect(problem.id == .notUTF8)
        #expect(problem.field == "smtp_password")
        #expect(items.count == 2)
    }

    /// Whatever is secret, or looks so by its name, is not carried over.
    @Test func secretsAreNotCarriedOver() throws {
        let text =
            "email,smtp_password,IMAP Password,Old Password,api_key,password_command,note\na@x.test,s1,s2,s3,s4,s5,hello\n"
        var reader = RowReader()
        let items = try reader.feed(Array(text.utf8)) + reader.finish()
        #expect(reader.shownHeaders == ["email", "note"])
        guard case .row(let row)? = items.first else {
            Issue.record("no row")
            return
        }
        #expect(row.cells == ["a@x.test", "hello"])
    }

    /// Columns that were mixed up have a password in place of an address or a host: no error quotes a value.
    @Test(arguments: [
        "email,smtp_password\nS3cret-pw@x y,a@x.test\n", "email,smtp_host\na@x.test,S3cret-pw!\n",
        "smtp_password,email\nS3cret,-pw,a@x.test\n", "email,daily_limit\na@x.test,S3cret-pw\n",
        "email,smtp_port,smtp_host\na@x.test,S3cret-pw,h.test\n",
    ])
    func noErrorQuotesAValue(text: String) throws {
        for case .bad(_, _, let problem, let address) in try Self.items(Array(text.utf8)) {
            let told = "\(problem) \(address ?? "")"
            #expect(!told.contains("S3cret") && !told.contains("-pw"), "\(told)")
        }
    }

    /// A secret under a name that nobody knows is not carried over.
    @Test func aSecretInAnyColumnIsNotCarriedOver() throws {
        let items = try Self.items(
            Array("email,smtp_password,Kennwort,Ćukasz,note\na@x.test,S3cret,S3cret,x S3cret,hi\n".utf8))
        guard case .row(let row)? = items.first else {
            Issue.record("no row")
            return
        }
        #expect(row.cells == ["a@x.test", "", "hi"])
    }

    @Test func columnsCanBeNamed() throws {
        var options = RowReader.Options()
        options.columns = [.smtpPassword: "Kennwort", .address: "Adresse"]
        var reader = RowReader(options)
        let items = try reader.feed(Array("Adresse,email,Kennwort\na@x.test,b@x.test,p\n".utf8)) + reader.finish()
        #expect(items.map(Self.shown) == ["a@x.test - -:p -:= -"])
        var other = RowReader(options)
        #expect(throws: InputProblem.self) { try other.feed(Array("Adresse,x\n1,2\n".utf8)) }
    }

    static func items(_ octets: [UInt8]) throws(InputProblem) -> [InputItem] {
        var reader = RowReader()
        return try reader.feed(octets) + reader.finish()
    }

    /// `ADDRESS NAME USER:PASSWORD@SMTP USER:PASSWORD@IMAP LIMIT`; `=` for a password that is SMTP's.
    static func shown(_ item: InputItem) -> String {
        guard case .row(let row) = item else { return "bad" }
        func secret(_ source: SecretSource?) -> String {
            switch source {
            case .value(let secret): secret.revealed
            case .command: "command"
            case .file: "file"
            case nil: "-"
            }
        }
        let imap = row.notes.contains(.imapPasswordFromSMTP) ? "=" : secret(row.imapPassword)
        return [
            row.address.description, row.displayName ?? "-",
            "\(row.smtpUsername ?? "-"):\(secret(row.smtpPassword))\(row.smtpEndpoint.map { "@\($0)" } ?? "")",
            "\(row.imapUsername ?? "-"):\(imap)\(row.imapEndpoint.map { "@\($0)" } ?? "")",
            row.dailyLimit.map(String.init) ?? "-",
        ].joined(separator: " ")
    }
}
