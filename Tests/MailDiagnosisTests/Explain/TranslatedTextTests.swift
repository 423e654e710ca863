import MailDiagnosis
import MailModel
import Testing

/// Errors in the language of the user, as systems and programs print them.
@Suite struct TranslatedTextTests {
    static let refused: [(String, String)] = [
        ("de", "Verbindungsaufbau abgelehnt"), ("fr", "Connexion refusée"), ("es", "Conexión rehusada"),
        ("it", "Connessione rifiutata"), ("pt-BR", "Conexão recusada"), ("nl", "Verbinding is geweigerd"),
        ("pl", "Połączenie odrzucone"), ("ru", "В соединении отказано"), ("uk", "У з'єднанні відмовлено"),
        ("cs", "Spojení odmítnuto"), ("sk", "Spojenie odmietnuté"), ("hu", "Kapcsolat elutasítva"),
        ("sv", "Förbindelsen förvägrad"), ("da", "Opkobling nægtet"), ("fi", "Yhteys torjuttu"),
        ("el", "Απόρριψη σύνδεσης"), ("tr", "Bağlantı reddedildi"), ("ja", "接続を拒否されました"),
        ("zh-CN", "连接被拒绝"), ("ko", "연결이 거부됨"), ("id", "Koneksi ditolak"), ("vi", "Kết nối bị từ chối"),
    ]

    @Test(arguments: refused.indices) func aRefusedConnection(index: Int) throws {
        let (language, words) = Self.refused[index]
        let text = "stream_socket_client(): unable to connect to tcp://smtp.a.example:587 (\(words))"
        let finding = try #require(try ExplainedTextTests.explain(text).findings.first)
        #expect(finding.id == .connectRefused, "\(language)")
    }

    static let others: [(String, FindingID)] = [
        ("unable to connect to mail.a.example:143 (Die Wartezeit für die Verbindung ist abgelaufen)", .connectTimeout),
        ("smtp [WinError 1] Der angegebene Host ist unbekannt", .wrongHost),
        ("mail: Authentication.AuthenticationException: Le certificat distant n'est pas valide", .certInvalid),
        (
            "SMTP: Impossibile stabilire la connessione. Rifiuto persistente del computer di destinazione",
            .connectRefused
        ),
    ]

    @Test(arguments: others.indices) func isTold(index: Int) throws {
        let (text, id) = Self.others[index]
        #expect(try ExplainedTextTests.explain(text).findings.first?.id == id)
    }

    @Test func whoSaysItIsEvidence() throws {
        let finding = try #require(try ExplainedTextTests.explain("smtp: Verbindungsaufbau abgelehnt").findings.first)
        #expect(finding.evidence.contains { $0.hasPrefix("signature:translation.") && $0.hasSuffix(".de") })
    }
}
