import MailModel

/// Looks one signature through.
struct SignatureLint {
    private let file: String
    private let keyPath: String
    private let signature: Signature
    private let base: SignatureBase
    private let today: CatalogDate

    /// Takes a signature and all the others.
    init(_ signature: Located<Signature>, _ base: SignatureBase, today: CatalogDate) {
        file = signature.file
        keyPath = signature.keyPath
        self.signature = signature.value
        self.base = base
        self.today = today
    }

    /// What should be looked at.
    func problems() -> [LintProblem] {
        let stale = DateLint.problem(signature.date, file, keyPath + ".date", today: today)
        return unmatched() + paraphrased() + overlooked() + (stale.map { [$0] } ?? [])
    }

    /// Each example is matched by its own signature before all others.
    private func unmatched() -> [LintProblem] {
        if signature.examples.isEmpty { return [error("examples", "there is none")] }
        return signature.examples.enumerated().flatMap { number, example in
            contexts.compactMap { provider in
                let best = base.matches(
                    reply: example.reply, service: signature.service, stage: signature.stage, provider: provider
                ).first?.signature.id
                guard best != signature.id else { return nil }
                let context = provider.map { " at \($0)" } ?? ""
                return error("examples[\(number)]", "\(best ?? "nothing") is matched first\(context)")
            }
        }
    }

    /// The providers whose accounts meet the signature; nil stands for an unknown one.
    private var contexts: [String?] {
        let known = signature.providers.map(Optional.some)
        return known.isEmpty || signature.context == .any ? known + [nil] : known
    }

    /// Texts that only describe a reply begin with a bracket, and formats of programs hold a percent sign and a letter.
    private func paraphrased() -> [LintProblem] {
        let texts =
            signature.needles.enumerated().map { ("needles[\($0.offset)]", $0.element.description) }
            + signature.examples.enumerated().map { ("examples[\($0.offset)]", $0.element.text) }
        return texts.compactMap { key, text in
            let isDescription = text.hasPrefix("(") || text.contains("%s") || text.contains("%u") || text.contains("%d")
            return isDescription ? error(key, "this describes a reply and is none") : nil
        }
    }

    private func overlooked() -> [LintProblem] {
        var problems: [LintProblem] = []
        if signature.context == .any, signature.providers.isEmpty {
            problems.append(error("context", "it says something only together with provider"))
        }
        if signature.context == .any, signature.needles.isEmpty {
            problems.append(error("context", "without a needle the words are not unmistakable"))
        }
        for (number, needle) in signature.needles.enumerated() where needle.folded.length < 5 {
            problems.append(error("needles[\(number)]", "it is too short to mean anything"))
        }
        return problems
    }

    private func error(_ key: String, _ message: String) -> LintProblem {
        LintProblem(file: file, keyPath: keyPath + "." + key, severity: .error, message: message)
    }
}
