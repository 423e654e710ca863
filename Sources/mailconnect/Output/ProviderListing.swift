import FoundationEssentials
import MailJSON
import MailModel
import ProviderCatalog

/// The catalogue as a list.
enum ProviderListing {
    /// One line a provider: id, kind, name.
    static func text(_ catalog: Catalog) -> String {
        let width = catalog.profiles.map(\.id.count).max() ?? 0
        let lines = catalog.profiles.map { profile in
            let id = profile.id.column(width + 2)
            return id + profile.kind.rawValue.column(14) + profile.name
        }
        return (lines + ["\(catalog.profiles.count) providers, catalogue \(catalog.version)"]).joined(separator: "\n")
    }

    /// The same for machines.
    static func json(_ catalog: Catalog, _ layout: JSONWriter.Layout) -> String {
        let rows = catalog.profiles.map { profile -> JSONValue in
            [
                "id": .text(profile.id), "name": .text(profile.name), "kind": .text(profile.kind.rawValue),
                "inbox_type": .optional(profile.inboxType?.rawValue),
                "domains": .texts(profile.domains.map(\.description)),
            ]
        }
        let document: JSONValue = [
            "schema": 1, "catalogue_version": .text(catalog.version), "providers": .list(rows),
        ]
        return document.rendered(layout)
    }

    /// One profile for machines: the keys and values of its file.
    static func json(_ profile: ProviderProfile, _ layout: JSONWriter.Layout) -> String {
        ProviderProfile.document.write(profile).rendered(layout)
    }
}

extension String {
    /// The text as a column of so many characters: filled up with blanks, or cut.
    func column(_ width: Int) -> String { prefix(width) + String(repeating: " ", count: max(0, width - count)) }
}
