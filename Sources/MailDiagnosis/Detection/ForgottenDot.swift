/// Names in a zone file that were meant to be whole. Without the dot at their end the name of the zone is put behind them.
public enum ForgottenDot {
    /// What was meant.
    ///
    /// - Parameters:
    ///   - name: The name as the DNS has it, lower case.
    ///   - domain: The domain whose zone it stands in.
    /// - Returns: The name without the zone's; nil where that is no name of two labels or more.
    public static func name(meantBy name: String, in domain: String) -> String? {
        guard name.hasSuffix("." + domain) else { return nil }
        let meant = String(name.dropLast(domain.count + 1))
        return meant.contains(".") ? meant : nil
    }

    /// Whether a target leads nowhere but to whoever asks: `localhost`, an address, or a name of one label.
    ///
    /// - Parameter target: The target of a service record or alias, lower case, without a dot at the end.
    /// - Returns: True when nobody else can use it.
    public static func leadsNowhere(_ target: String) -> Bool {
        let labels = target.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, !labels.contains("") else { return true }
        return last == "localhost" || last == "invalid" || target == "localhost.localdomain"
            || last.allSatisfy(\.isNumber)
    }
}
