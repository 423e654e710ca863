internal import Foundation

extension Lab {
    /// Why the lab cannot run on this machine, nil when it can. Tests skip with this reason, see the trait `lab`.
    public static let unavailableReason: String? = {
        let missing = programs.filter { !LabProgram(name: $0).exists }
        guard missing.isEmpty else {
            return "missing programs: \(missing.joined(separator: ", ")) (scripts/test installs them)"
        }
        guard mayMakeNamespaces else { return "network namespaces need root with CAP_SYS_ADMIN and CAP_NET_ADMIN" }
        return nil
    }()

    /// Whether a lab that cannot run is a failure instead of a skipped test: `MAILCONNECT_REQUIRE_LAB=1`, as in CI.
    public static let isRequired = ProcessInfo.processInfo.environment["MAILCONNECT_REQUIRE_LAB"] == "1"

    private static let programs = [
        "bash", "cc", "curl", "dovecot", "ip", "kdig", "knotd", "nginx", "nsenter", "openssl", "postfix", "unshare",
    ]

    /// Reads the effective capabilities, proc(5): bit 12 is CAP_NET_ADMIN, bit 21 is CAP_SYS_ADMIN.
    private static var mayMakeNamespaces: Bool {
        let needed: UInt64 = 1 << 12 | 1 << 21
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let mask = UInt64(line.dropFirst("CapEff:".count).trimmingCharacters(in: .whitespaces), radix: 16)
        else { return false }
        return geteuid() == 0 && mask & needed == needed
    }
}
