/// The version, in one place.
public enum ToolVersion {
    /// The version (semver.org).
    public static let current = "0.1.0"
    /// What this program calls itself to web servers.
    public static let userAgent = "mailconnect/" + current
}
