/// The words by which a secret is told in a text: what people and programs call it, and what they say about it instead of
/// saying it.
package enum SecretWords {
    /// A name of a secret.
    struct Label: Sendable {
        /// The name as it is written; that of ASCII in small letters, which stand for capital ones too.
        var octets: [UInt8]
        /// Whether its case counts: outside of ASCII each way of writing it is a label of its own.
        var isExact: Bool
        /// Whether it must be a word of its own: it is short, or a part of other words.
        var isWord: Bool
        /// Whether it is a password; else a token or key, of which sentences speak more often than they show one.
        var isPassword: Bool
    }

    /// The labels by their first octet, in small letters; longer ones first.
    static let labels: [[Label]] = {
        var labels: [[Label]] = Array(repeating: [], count: 256)
        func add(_ words: [String], isWord: Bool, isPassword: Bool = true) {
            for word in words {
                let isASCII = word.utf8.allSatisfy { $0 < 0x80 }
                let first = word.prefix(1).uppercased() + word.dropFirst()
                for form in isASCII ? [word] : Array(Set([word, first, word.uppercased()])) {
                    let octets = Array(form.utf8)
                    labels[Int(octets[0].lowered)].append(
                        Label(octets: octets, isExact: !isASCII, isWord: isWord, isPassword: isPassword))
                }
            }
        }
        add(passwords, isWord: false)
        add(shortPasswords + foreignPasswords, isWord: true)
        add(tokens, isWord: false, isPassword: false)
        return labels.map { $0.sorted { $0.octets.count > $1.octets.count } }
    }()

    private static let passwords = [
        "password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "wachtwoord",
        "pasword", "passwrd", "passwod",
    ]
    private static let shortPasswords = ["pass", "pwd", "pw", "mdp", "psw", "pin code", "pass phrase", "pass word"]
    private static let tokens = [
        "secret", "token", "api_key", "apikey", "api-key", "api key", "authorization", "access_key", "accesskey",
        "access key", "access-key", "private_key", "privatekey", "private key", "server-token", "bearer", "cookie",
        "signing_key", "encryption_key", "auth_key", "authkey", "smtp_key", "smtp key", "login key", "app key",
    ]

    /// What a password is called in the languages that mail programs are most used in, and in the forms without accents
    /// that settings have.
    private static let foreignPasswords = [
        "mot de passe", "motdepasse", "code d'accès", "contraseña", "contrasena", "clave", "contrasenya", "contrasinal",
        "palavra-passe", "palavra passe", "senha", "password di accesso", "parola", "parola d'ordine", "parolă",
        "hasło",
        "haslo", "heslo", "lösenord", "losenord", "adgangskode", "kodeord", "passord", "salasana", "lykilorð",
        "lozinka", "zaporka", "geslo", "slaptažodis", "parole", "parool", "salasõna", "jelszó", "jelszo", "jelszava",
        "şifre", "sifre", "parolası", "şifresi", "κωδικός πρόσβασης", "κωδικός", "κωδικος", "συνθηματικό", "пароль",
        "пароля", "паролем", "парола", "лозинка", "密码", "密碼", "口令", "授权码", "授權碼", "パスワード", "暗証番号",
        "비밀번호", "암호", "패스워드", "סיסמה", "סיסמא", "كلمة المرور", "كلمة السر", "رمز عبور", "گذرواژه", "पासवर्ड",
        "mật khẩu", "mat khau", "รหัสผ่าน", "kata sandi", "sandi", "kata laluan", "contraseñas", "パスコード",
    ]

    /// Whether a name, such as that of a column, is one of something secret.
    ///
    /// - Parameter name: The name, in any case; words may be joined by blanks, hyphens or underscores.
    /// - Returns: True where it holds a label, a short one as a word of its own.
    package static func isSecret(name: String) -> Bool {
        let name = name.lowercased()
        let words = Set(name.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        if (shortPasswords + ["pin", "key", "otp", "totp", "hash"]).contains(where: words.contains) { return true }
        let joined = name.split { " -_".contains($0) }.joined(separator: "_")
        return (passwords + foreignPasswords + tokens).contains { label in
            let label = label.split { " -_".contains($0) }.joined(separator: "_")
            // A short one of ASCII stands in other words too.
            return label.utf8.count < 6 && label.utf8.allSatisfy { $0 < 0x80 }
                ? words.contains(label) : joined.contains(label)
        }
    }

    /// What may stand behind the label in the name of a setting that holds the secret all the same.
    static let suffixes: [StaticString] = [
        "_confirmation", "_confirm", "_again", "_plain", "_raw", "_value", "_hash", "_enc", "confirm", "value", "hash",
        "text",
    ]

    /// Words that end in a label and name something else.
    static let otherNames: Set<String> = [
        "bypass", "compass", "trespass", "surpass", "encompass", "overpass", "underpass", "lastpass", "keepass",
        "keypass", "onepass", "multipass",
    ]

    /// What stands between a label and a secret in a sentence: "is" in many languages.
    static let copulas: Set<String> = [
        "is", "was", "ist", "war", "lautet", "est", "es", "era", "è", "é", "e'", "jest", "to", "je", "är", "er", "on",
        "este", "adalah", "ialah", "là", "คือ", "هي", "הוא", "היא", "είναι", "это", "е", "jelszavam", "olan", "=>", "->",
        "—", "–", "-", "=", "with", "equals", "reads",
    ]
    /// The same where no blanks stand between words.
    static let attachedCopulas = ["是", "为", "為", "は", "는", "은", "คือ"]

    /// Words that a sentence goes on with behind "password", "password:" and "password is"; no secrets.
    static let sentence: Set<String> = Set(
        """
        incorrect invalid wrong rejected required fail failed failure fails failing authentication auth not expired expires is was are \
        were must command commands error errors for user username yes no true false null none undefined hidden login \
        access denied nil empty please check normal encrypted bearer basic unknown smtp imap pop pop3 string plain \
        mismatch mismatched or and the account server correct right fine ok okay good bad valid blank missing needed \
        accepted refused changed reset resets set saved stored cached known visible case too being never always already \
        still now my your his her our their that this what it working used using in on at by of from to a an has had \
        have does did doesn't didn't isn't wasn't can can't cannot could should shall will would may might contains \
        contain includes needs need requires policy policies field fields form page prompt manager managers protected \
        protection length strength hash hashes hashed based login/password database file files mechanism method methods type \
        exchange change changes recovery retry again later attempt attempts attempted accepted. contact support disabled \
        enabled blocked locked unlocked revoked deprecated allowed supported unsupported verified unverified verification \
        validation credentials credential combination pair provided supplied given entered sent received masked removed redacted \
        rotated updated deleted created generated different identical same old new current previous temporary default optional \
        mandatory min max minimum maximum characters chars letters digits long short weak strong simple complex only \
        exists found lookup query unavailable available unset unspecified none. n/a na any all both if when while because \
        since but so then than as with without via through after before security application app apps specific sasl \
        tls ssl starttls http https oauth oauth2 xoauth2 cram-md5 ntlm login. invalid_grant invalid_token invalid_client \
        unauthorized forbidden unexpected eof end-of-file illegal request requests response responses refresh \
        refreshed grant granted expired. limit exceeded temporarily permanently timeout timed out internal network \
        mailbox mailboxes address addresses email e-mail mail host hosts hostname port ports configured configuration \
        setting settings option options parameter parameters argument arguments variable value values key keys \
        confirmed accepted, rejected, problem problems issue issues question reminder notification rule rules \
        requirement requirements update expiry expiration age history input output object array list dict integer number \
        falsch richtig korrekt ungültig abgelaufen leer fehlt fehlerhaft unbekannt nicht erforderlich geändert gesperrt \
        gespeichert zu für oder und der die das ein eine incorrecte erroné erronée invalide valide expiré requis faux \
        vide pas oublié modifié incorrecto incorrecta errónea erróneo inválida inválido válida válido caducada vencida \
        requerida vacía no olvidada cambiada incorreta incorreto errada errado expirada obrigatória vazia não errata \
        sbagliata scaduta scaduto richiesta vuota non corretta valida nieprawidłowe błędne nieprawidłowy niepoprawne \
        wygasło wymagane puste nie poprawne niewłaściwe onjuist ongeldig verlopen fout vereist leeg niet juist verkeerd \
        nesprávné neplatné chybné vypršelo nesprávne neplatné špatné felaktigt ogiltigt fel tomt krävs inte forkert \
        ugyldig udløbet tom ikke feil utløpt virheellinen väärä väärin vanhentunut tyhjä ei λάθος λανθασμένος άκυρος \
        έληξε greșită incorectă invalidă expirată yanlış hatalı geçersiz boş hibás érvénytelen lejárt rossz helytelen \
        неверный неверен неправильный неправилен недействителен истек истёк пустой не требуется невірний неправильний \
        שגויה שגוי خاطئة غير صحيحة sai không đúng salah tidak keliru kosong
        """.split(separator: " ").map(String.init))

    /// What stands in quotation marks in place of a password where a program complains of one.
    static let complaints: Set<String> = [
        "required", "invalid", "incorrect", "wrong", "missing", "expired", "rejected", "null", "none", "undefined",
        "string", "blank", "empty", "is required", "too short", "hidden", "redacted", "true", "false", "text",
        "password",
    ]

    /// Words of four small letters that stand in many sentences: groups of them are no app password.
    static let fourLetterWords: Set<String> = Set(
        """
        able also area back been best body book both call came card case city code come data date days dear does done down each \
        easy else even ever fact fail feel file find fine first five form four free from full gave gets give goes gone good \
        hand hard have head hear help here high hold home hope host hour http idea imap into item just keep kind knew know last \
        late left less life like line link list live load lock long look lose lost love made mail main make many mark \
        mean meet mind more most move much must name near need news next nice none note null okay once only open over \
        page part pass past path plan play port post pull push quit read real rest role room rule runs safe said same \
        save seem seen self send sent show side sign site size smtp some soon sort stay step still stop such sure take talk task \
        team tell test text than that them then they this thus time told took trip true turn type unit upon used user uses \
        very view wait walk want ways week well went were what when whom wide will wish with word work year your zero
        """.split(separator: " ").map(String.init))

    /// Ends of English words: a word of sixteen letters with one of them is a word.
    static let wordEnds = [
        "tion", "tions", "ness", "ment", "ments", "able", "ible", "ally", "ity", "ities", "ing", "ings", "ated", "ized",
        "ised",
    ]

    /// What tokens of known kinds begin with, how long each is at least, and which signs it may hold besides letters and digits.
    static let tokenPrefixes: [(prefix: StaticString, least: Int, signs: String)] = [
        ("ya29.", 12, "._-"), ("1//0", 12, "_-"), ("SG.", 20, "._-"), ("key-", 28, ""), ("AKIA", 16, ""),
        ("ASIA", 16, ""), ("AIza", 30, "_-"), ("GOCSPX-", 12, "_-"), ("xkeysib-", 20, "-"), ("xsmtpsib-", 20, "-"),
        ("sk_live_", 16, "_"), ("sk-", 24, "_-"), ("re_", 20, "_"), ("md-", 20, "_-"), ("ghp_", 20, ""),
        ("gho_", 20, ""),
        ("glpat-", 16, "_-"), ("xoxb-", 16, "-"), ("xoxp-", 16, "-"), ("mlsn.", 30, ""), ("EwB", 60, "+/="),
        ("EwA", 60, "+/="), ("M.C", 30, "._-!*$"), ("0.A", 40, "._-"), ("dop_v1_", 30, ""), ("hvs.", 20, "_-"),
    ]
}
