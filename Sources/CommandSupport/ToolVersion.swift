/// The version, in one place.
package enum ToolVersion {
    /// The version (semver.org).
    package static let current = "0.1.0"
    /// What this program calls itself to web servers.
    package static let userAgent = "mailconnect/" + current
}
