import Foundation

/// Where the files of this repository are, found from the place of this file.
public enum Repository {
    /// A path below the top folder.
    ///
    /// - Parameter relative: The path from the top.
    /// - Returns: The whole path.
    public static func path(_ relative: String) -> String {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent(relative).path
    }
}
