import MailModel

/// What each finding id means and what is done about it, in a sentence each, whatever the run.
public enum FindingGlossary {
    /// What is said of an id.
    public struct Entry: Hashable, Sendable {
        /// What it means.
        public let meaning: String
        /// What is done about it, and by whom.
        public let remedy: String
    }

    /// What is said of an id; nil for one that is not known.
    ///
    /// - Parameter id: The id, such as `bad_credentials`.
    /// - Returns: Its meaning and what is done about it.
    public static func entry(of id: String) -> Entry? { entries[id] }

    /// A page about an id for a terminal.
    ///
    /// - Parameters:
    ///   - id: The id.
    ///   - style: How text may look.
    /// - Returns: The page, with a line feed at its end; nil for an id that is not known.
    public static func page(of id: String, style: TerminalStyle) -> String? {
        guard let entry = entry(of: id) else { return nil }
        var page = TerminalPage(style: style)
        page.add(id, ink: .bold)
        page.add(entry.meaning, indent: 6)
        page.add(entry.remedy, lead: TerminalPage.lead("Do"))
        return page.text
    }

    /// All ids that are explained, in the order of the alphabet.
    public static var ids: [String] { entries.keys.sorted() }

    private static let entries: [String: Entry] = [
        "bad_credentials": Entry(
            meaning: "User name or password is wrong.",
            remedy: "The owner signs in to the web mail with the same password, sets a new one if that fails "
                + "too, and looks up which form of the user name the provider wants."),
        "app_password_required": Entry(
            meaning: "The account's own password is not taken here; a password made for programs is.",
            remedy: "The owner makes an app password on the provider's security page, which often needs "
                + "two-step verification first."),
        "basic_auth_disabled": Entry(
            meaning: "Logins with a password are switched off by policy.",
            remedy: "The administrator allows them for this mailbox, or the mailbox is connected with OAuth."),
        "smtp_auth_disabled_tenant": Entry(
            meaning: "SMTP AUTH is switched off for the whole organisation.",
            remedy: "The administrator switches it on for this mailbox or for the organisation, and waits up "
                + "to an hour. No password helps before."),
        "smtp_auth_disabled_mailbox": Entry(
            meaning: "SMTP AUTH is switched off for this mailbox.",
            remedy: "The administrator ticks Authenticated SMTP for the mailbox."),
        "imap_disabled": Entry(
            meaning: "IMAP is switched off for the mailbox or by the administrator.",
            remedy: "Whoever may switches IMAP on in the mailbox's settings or in the admin console."),
        "oauth_required": Entry(
            meaning: "Only OAuth 2 logins are taken.",
            remedy: "The mailbox is connected with OAuth; a password cannot work."),
        "account_locked": Entry(
            meaning: "The account is locked or disabled.",
            remedy: "The owner or the administrator unlocks it at the provider; further logins may lock it for "
                + "longer."),
        "too_many_logins": Entry(
            meaning: "There were too many logins in a short time, or too many connections at once.",
            remedy: "Wait, and run fewer logins and programs at the same time."),
        "rate_limited": Entry(
            meaning: "The server asks to slow down.",
            remedy: "Wait for the time that it names, then try once."),
        "ip_blocked": Entry(
            meaning: "The server refuses the address that we come from.",
            remedy: "Whoever runs this program uses another network, or has the address taken off the list "
                + "that the reply names."),
        "tls_required": Entry(
            meaning: "The server wants TLS before a login.",
            remedy: "Use the port and the mode with TLS."),
        "plaintext_refused": Entry(
            meaning: "The server refuses a login that is not encrypted.",
            remedy: "Use the port and the mode with TLS."),
        "cert_invalid": Entry(
            meaning: "The certificate cannot be trusted.",
            remedy: "The provider installs a certificate with its whole chain; for an authority of one's own "
                + "its certificate is named."),
        "cert_name_mismatch": Entry(
            meaning: "The certificate is for another name.",
            remedy: "Use the host name that the certificate has, or the provider corrects the certificate."),
        "cert_expired": Entry(
            meaning: "A certificate is not valid at this time.",
            remedy: "The provider renews it; a wrong clock on this machine looks the same."),
        "wrong_port": Entry(
            meaning: "Port and TLS mode do not fit together.",
            remedy: "Use 465 or 993 with TLS, or 587 or 143 with STARTTLS."),
        "wrong_host": Entry(
            meaning: "The host name does not exist or belongs to another service.",
            remedy: "Use the provider's servers, as detect shows them."),
        "dns_failure": Entry(
            meaning: "Names could not be looked up.",
            remedy: "Try again in a minute, or ask another resolver."),
        "connect_timeout": Entry(
            meaning: "The server did not answer in time.",
            remedy: "Look at the other checks: they tell a dead host from a network that lets no mail out."),
        "connect_refused": Entry(
            meaning: "The server refused the connection.",
            remedy: "Use the right port; where it is right, the provider starts the service or opens the firewall."),
        "mailbox_not_licensed": Entry(
            meaning: "The plan does not include this access.",
            remedy: "The administrator assigns a licence or a plan that has it."),
        "mailbox_missing": Entry(
            meaning: "There is no such mailbox.",
            remedy: "Look at the spelling, or have the administrator make the mailbox."),
        "region_blocked": Entry(
            meaning: "Logins from this country or region are blocked.",
            remedy: "The owner or the administrator allows the region, or the login comes from another one."),
        "captcha_or_web_login_required": Entry(
            meaning: "The provider wants a login in the browser first.",
            remedy: "The owner signs in to the web mail once and answers what is asked there."),
        "conditional_access_or_mfa": Entry(
            meaning: "A policy or a second factor stands in the way.",
            remedy: "The administrator looks at the sign-in log and the policies; a second factor needs an app "
                + "password or OAuth."),
        "sender_not_allowed": Entry(
            meaning: "The account may not send from this address.",
            remedy: "Send from the account's own address, or the administrator grants the right."),
        "quota_exceeded": Entry(
            meaning: "The mailbox is full, or the sending quota is used up.",
            remedy: "The owner makes room, or waits until the quota begins anew."),
        "server_busy": Entry(
            meaning: "The server has a temporary problem.",
            remedy: "Try again later; nothing has to be changed."),
        "protocol_mismatch": Entry(
            meaning: "What answers there does not speak the protocol.",
            remedy: "Look at host, port and TLS mode."),
        "tls_version_mismatch": Entry(
            meaning: "There is no common version of TLS.",
            remedy: "The provider offers TLS 1.2 or later; older versions carry no password here."),
        "proxy_or_antivirus_interception": Entry(
            meaning: "Something between us and the server opens the TLS connection.",
            remedy: "Whoever runs this program takes mail out of the inspection of the antivirus program or proxy."),
        "starttls_stripped": Entry(
            meaning: "STARTTLS is not offered where it must be.",
            remedy: "Use the port with TLS from the start; a firewall that strips STARTTLS is switched off for "
                + "mail."),
        "no_mail_for_domain": Entry(
            meaning: "The domain takes no mail.",
            remedy: "Look at the spelling of the domain."),
        "forwarding_only": Entry(
            meaning: "The domain only forwards mail: there is no mailbox.",
            remedy: "Connect the mailbox that the mail is forwarded to."),
        "not_an_account_problem": Entry(
            meaning: "The text shows no account problem.",
            remedy: "Nothing has to be done to the account; look at the message or its recipient."),
        "unknown_reply": Entry(
            meaning: "The server's words are not known.",
            remedy: "Read them as they stand, and report them so that they can be added."),
        "plaintext_injection": Entry(
            meaning: "Unencrypted data came around STARTTLS; it was thrown away.",
            remedy: "The provider updates the mail server; somebody in the network may have sent the data."),
        "cert_required": Entry(
            meaning: "The server wants a certificate of the client before a login.",
            remedy: "Use another server of the provider, or have the demand switched off."),
        "own_limit": Entry(
            meaning: "A limit of this program held the run back; it says nothing of any server.",
            remedy: "Run fewer at the same time, or allow more open files."),
        "address_not_allowed": Entry(
            meaning: "The program may not connect to the host's address.",
            remedy: "Whoever runs it allows the address, if it is meant to be reached."),
        "internal_error": Entry(
            meaning: "A check broke: a mistake of this program.",
            remedy: "Report it with what was said on the wire."),
        "password_not_given": Entry(
            meaning: "No password was given, so no login was tried.",
            remedy: "Give the password."),
        "clock_skew": Entry(
            meaning: "The certificates and this machine disagree about the time.",
            remedy: "Set the clock of this machine."),
        "referral_offered": Entry(
            meaning: "A server names another one to go to; nobody went there.",
            remedy: "Use the named server, if the provider confirms it."),
        "unsolicited_reply": Entry(
            meaning: "The server said something that nobody had asked for.",
            remedy: "The provider looks at the server; it did no harm here."),
        "forged_success": Entry(
            meaning: "The server claimed a success that it cannot know of.",
            remedy: "Do not use this server before its provider has explained it."),
        "capabilities_changed": Entry(
            meaning: "What is offered in plaintext and over TLS does not fit together.",
            remedy: "The provider looks at the server and what stands before it."),
        "control_characters": Entry(
            meaning: "The server's text holds control characters; they are shown escaped.",
            remedy: "The provider looks at the server's texts."),
        "server_alert": Entry(
            meaning: "The server wants a person to read something.",
            remedy: "Read it."),
        "username_form": Entry(
            meaning: "Another form of the user name works.",
            remedy: "Use the form that was taken."),
        "cert_revoked": Entry(
            meaning: "The certificate is revoked, as the server says itself.",
            remedy: "The provider installs a new one."),
        "spf_missing": Entry(
            meaning: "The sending domain has no SPF record.",
            remedy: "Whoever runs the domain publishes one that names the provider."),
        "spf_invalid": Entry(
            meaning: "The SPF record makes receivers give up.",
            remedy: "Whoever runs the domain corrects it: one record, at most ten look-ups."),
        "spf_excludes_provider": Entry(
            meaning: "The SPF record does not allow the provider's servers.",
            remedy: "Whoever runs the domain adds the provider's include."),
        "dmarc_missing": Entry(
            meaning: "The sending domain has no DMARC policy.",
            remedy: "Whoever runs the domain publishes one; p=none is a beginning."),
        "dmarc_invalid": Entry(
            meaning: "The DMARC record has no effect.",
            remedy: "Whoever runs the domain corrects it."),
        "dkim_missing": Entry(
            meaning: "The keys that the provider signs with are not in the DNS.",
            remedy: "The administrator switches DKIM on at the provider and publishes the keys."),
        "profile_stale": Entry(
            meaning: "The settings that were known for the provider do not work any more.",
            remedy: "Use those that answered, and report it so that they can be corrected."),
        "login_ends_soon": Entry(
            meaning: "The provider has announced that this kind of login ends.",
            remedy: "Connect the mailbox with OAuth before the day."),
        "mta_sts_invalid": Entry(
            meaning: "The domain's MTA-STS policy does not hold, or leaves out a mail exchanger.",
            remedy: "Whoever runs the domain corrects the policy."),
        "tls_rpt_invalid": Entry(
            meaning: "The domain's TLS-RPT record is of no use.",
            remedy: "Whoever runs the domain corrects it."),
        "password_blanks_removed": Entry(
            meaning: "The password was sent without the blanks that it was given with.",
            remedy: "Nothing; the blanks are not part of it."),
        "delivery_not_seen": Entry(
            meaning: "The test message did not arrive in time.",
            remedy: "Look into the spam folder and try again."),
        "delivery_not_authenticated": Entry(
            meaning: "The test message arrived, and a check of its origin failed.",
            remedy: "Whoever runs the domain looks at SPF, DKIM and DMARC."),
    ]
}
