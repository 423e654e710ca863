/// The names that HTML has for characters of ASCII and of Latin-1: template engines and PHP write them into what they echo.
///
/// Source: <https://html.spec.whatwg.org/multipage/named-characters.html>
enum HTMLEntityNames {
    /// The character that a name stands for.
    ///
    /// - Parameter name: The name, without `&` and `;`. Capital letters count.
    /// - Returns: The character, nil for a name that is not known.
    static func scalar(of name: String) -> Unicode.Scalar? { scalars[name] }

    private static let scalars: [String: Unicode.Scalar] = {
        var scalars = signs
        for (offset, name) in latin.enumerated() { scalars[String(name)] = Unicode.Scalar(0xA0 + UInt32(offset)) }
        return scalars
    }()

    /// Signs of ASCII, and those that stand in their place.
    private static let signs: [String: Unicode.Scalar] = [
        "excl": "!", "quot": "\"", "num": "#", "dollar": "$", "percnt": "%", "amp": "&", "apos": "'",
        "lpar": "(", "rpar": ")", "ast": "*", "midast": "*", "plus": "+", "comma": ",", "period": ".",
        "sol": "/", "colon": ":", "semi": ";", "lt": "<", "equals": "=", "gt": ">", "quest": "?",
        "commat": "@", "lsqb": "[", "lbrack": "[", "bsol": "\\", "rsqb": "]", "rbrack": "]", "Hat": "^",
        "lowbar": "_", "grave": "`", "lcub": "{", "lbrace": "{", "verbar": "|", "vert": "|", "rcub": "}",
        "rbrace": "}", "Tab": "\t", "NewLine": "\n", "euro": "€", "hyphen": "‐", "dash": "‐",
    ]

    /// Latin-1 from U+00A0 on.
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
        acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde \
        Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute \
        Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde \
        auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
        ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """.split(separator: " ")
}
