import Foundation
import MailJSON
import MailModel
import ProviderCatalog

/// The catalogue as a list.
enum ProviderListing {
    /// One line a provider: id, kind, name.
    static func text(_ catalog: Catalog) -> String {
        let width = catalog.profiles.map(\.id.count).max() ?? 0
        let lines = catalog.profiles.map { profile in
            let id = profile.id.padding(toLength: width + 2, withPad: " ", startingAt: 0)
            return id + profile.kind.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0) + profile.name
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
