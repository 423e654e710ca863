import Synchronization

/// The folder `translations` of a catalogue. It is read when a text asks for it: no other command needs it, and neither do
/// most texts.
public struct Translations: Hashable, Sendable {
    private final class Box: Sendable {
        let base = Mutex<TranslationBase?>(nil)
        private let isAsked = Mutex(false)

        /// Whether it was asked before.
        var isAskedAgain: Bool {
            isAsked.withLock { asked in
                defer { asked = true }
                return asked
            }
        }
    }

    private let directory: String?
    private let box = Box()

    /// No translations.
    public static let none = Translations(directory: nil)

    init(directory: String?) { self.directory = directory }

    /// Octets up to which a text is short: it is faster to keep the messages that can stand in it than to index all.
    private static let short = 16_384

    /// The messages that can stand in a text; all of them, kept for later texts, when it is long.
    ///
    /// - Parameter text: The text, folded.
    /// - Returns: The messages; none where the catalogue has no such folder.
    /// - Throws: The first `CatalogError` in a file.
    public func base(for text: [UInt8]) throws(CatalogError) -> TranslationBase {
        // Whoever comes with a second text may come with a thousand: then the index pays.
        guard text.count <= Self.short, !box.isAskedAgain,
            let directory
        else { return try base() }
        let content = CatalogReader(directory: directory).translations()
        if let error = content.errors.first { throw error }
        return TranslationBase(content.files.map(\.value), in: GramFilter(text))
    }

    /// The messages; read at the first call, and kept.
    ///
    /// - Returns: The messages; none where the catalogue has no such folder.
    /// - Throws: The first `CatalogError` in a file.
    public func base() throws(CatalogError) -> TranslationBase {
        if let base = box.base.withLock({ $0 }) { return base }
        guard let directory else { return .none }
        let content = CatalogReader(directory: directory).translations()
        if let error = content.errors.first { throw error }
        let base = TranslationBase(content.files.map(\.value))
        box.base.withLock { $0 = base }
        return base
    }

    /// Whether two are read from the same folder.
    public static func == (left: Translations, right: Translations) -> Bool { left.directory == right.directory }

    /// Hashes the folder.
    public func hash(into hasher: inout Hasher) { hasher.combine(directory) }
}
