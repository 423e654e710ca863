/// The English names of the languages that programs speak, by their tags (BCP 47).
enum LanguageWords {
    /// The name.
    ///
    /// - Parameter tag: The tag, such as `pt-BR`.
    /// - Returns: The name; the tag itself where none is known.
    static func name(of tag: String) -> String {
        if let name = names[tag] { return name }
        return tag.split(separator: "-").first.flatMap { names[String($0)] } ?? tag
    }

    private static let names = [
        "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
        "el": "Greek", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
        "fr": "French", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
        "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
        "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
        "pt-BR": "Brazilian Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
        "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
        "zh": "Chinese", "zh-TW": "Traditional Chinese",
    ]
}
