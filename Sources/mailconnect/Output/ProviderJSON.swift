import MailModel
import MailReport
import ProviderCatalog

/// One profile for machines: the keys and values of its file.
enum ProviderJSON {
    static func text(_ profile: ProviderProfile) -> String {
        let value: JSONValue = [
            "schema": .integer(1), "id": .text(profile.id), "name": .text(profile.name),
            "kind": .text(profile.kind.rawValue), "inbox_type": .optional(profile.inboxType?.rawValue),
            "domains": .texts(profile.domains.map(\.description)), "mx": .list(profile.mxPatterns.map(pattern)),
            "fingerprints": fingerprints(profile.fingerprints), "smtp": .list(profile.smtp.map(server)),
            "imap": .list(profile.imap.map(server)), "username_note": .optional(profile.usernameNote),
            "password": profile.password.map(password) ?? .null,
            "switches": .list(profile.switches.map(access)), "restrictions": .texts(profile.restrictions),
            "regions": .texts(profile.regions), "limits": .list(profile.limits.map(limit)),
            "daily_cap": profile.dailyCap.map(cap) ?? .null, "links": .texts(profile.links),
            "notes": .texts(profile.notes), "sources": .list(profile.sources.map(source)),
        ]
        return value.rendered(pretty: true)
    }

    private static func pattern(_ pattern: MXPattern) -> JSONValue {
        switch pattern {
        case .exact(let name): ["exact": .text(name)]
        case .suffix(let name): ["suffix": .text(name)]
        }
    }

    private static func fingerprints(_ prints: Fingerprints) -> JSONValue {
        [
            "spf_include": .texts(prints.spfInclude), "dkim_selector": .texts(prints.dkimSelector),
            "dkim_cname": .texts(prints.dkimCNAME), "autodiscover_cname": .texts(prints.autodiscoverCNAME),
            "autoconfig_cname": .texts(prints.autoconfigCNAME), "txt_prefix": .texts(prints.txtPrefix),
            "greeting": .texts(prints.greeting), "certificate_name": .texts(prints.certificateName),
        ]
    }

    private static func server(_ server: EndpointProfile) -> JSONValue {
        [
            "host": .text(server.host), "port": .integer(server.port), "security": .text(server.security.rawValue),
            "username": .text(server.username.rawValue),
        ]
    }

    private static func password(_ password: PasswordProfile) -> JSONValue {
        let groups = password.shownInGroups.map { groups -> JSONValue in
            ["count": .integer(groups.count), "length": .integer(groups.length)]
        }
        return [
            "kind": .text(password.kind.rawValue), "who": .text(password.who.rawValue), "how": .texts(password.how),
            "links": .texts(password.links), "shown_in_groups": groups ?? .null,
        ]
    }

    private static func access(_ access: AccessSwitch) -> JSONValue {
        [
            "what": .text(access.what.rawValue), "who": .text(access.who.rawValue),
            "default": .text(access.byDefault.rawValue), "how": .texts(access.how), "links": .texts(access.links),
        ]
    }

    private static func limit(_ limit: SendingLimit) -> JSONValue {
        [
            "what": .text(limit.what), "per": .text(limit.per.rawValue), "value": .integer(limit.value),
            "note": .optional(limit.note), "source": .text(limit.source), "date": .text(limit.date.description),
            "published": .optional(limit.published),
        ]
    }

    private static func cap(_ cap: DailyCap) -> JSONValue {
        [
            "value": .integer(cap.value), "source": .text(cap.source), "date": .text(cap.date.description),
            "published": .optional(cap.published),
        ]
    }

    private static func source(_ source: SourceReference) -> JSONValue {
        [
            "for": .texts(source.sections.map(\.rawValue).sorted()), "source": .text(source.source),
            "date": .text(source.date.description), "published": .optional(source.published),
            "note": .optional(source.note),
        ]
    }
}
