@_spi(_Unicode) import Swift

extension String {
    /// The text with its marks put together with their letters (Unicode, normal form C), as the standard library does it
    /// for itself when it compares texts.
    var composed: String { Self(scalars: _nfc) }

    /// The text with its letters taken apart (Unicode, normal form D).
    var decomposed: String { Self(scalars: _nfd) }

    private init(scalars: some Sequence<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
