import FoundationEssentials
import Glibc
import MailConnect
import MailLoopback
import MailModel
import MailRegistration
import MailReport
import ProviderCatalog

/// One account of the demonstration, taken through the commands.
struct DemoScene {
    /// The commands, in order.
    enum Act: String, CaseIterable {
        case detect, doctor, add
    }

    /// What one command showed.
    struct Result {
        var account: DemoAccount
        var act: Act
        var report: Report

        /// The first line of its report.
        var short: String { TerminalReport.headline(report) }

        /// Address, verdict and what it comes to, on one line.
        var line: String {
            var causes: [String] = []
            for finding in report.diagnosis.findings where finding.severity == .error {
                let side = finding.service.map { " (\($0.rawValue.uppercased()))" } ?? ""
                causes.append(finding.id.description + side)
            }
            let end = report.registration?.status.rawValue.replacing("_", with: " ") ?? "not registered"
            return "  \(account.address): \(report.diagnosis.verdict.rawValue), "
                + (causes.isEmpty ? end : causes.joined(separator: ", "))
        }
    }

    let account: DemoAccount
    let stage: DemoStage

    /// What a person would type.
    func commandLine(_ act: Act) -> String {
        act == .add
            ? "add \(account.address) --display-name \"\(account.displayName)\"" : "\(act.rawValue) \(account.address)"
    }

    /// Plays one command by the same code that the command itself runs.
    func play(_ act: Act) async throws -> Report {
        var subject = Account(address: try Subject.address(account.address))
        let engine = stage.environment.engine
        guard act != .detect else {
            let detection = try await engine.detect(subject).result
            return stage.environment.report(engine.diagnosis(of: detection, for: subject), as: .detect)
        }
        subject.password = account.password.map { Secret($0) }
        guard act == .add else { return stage.environment.report(try await engine.check(subject).result, as: .doctor) }
        let run = engine.add(
            subject, AdditionChoices(displayName: account.displayName),
            to: stage.environment.registration(stage.access, OpenedJournal(journal: stage.journal)))
        let added = try await run.result
        return stage.environment.report(
            added.diagnosis, as: .add, registration: CommandLineRemedies.told(added.outcome))
    }
}

/// The small internet of the demonstration, running.
struct DemoStage {
    let accounts: [DemoAccount]
    let environment: CommandEnvironment
    let access: APIAccess
    let journal: RegistrationJournal
    private let internet: LoopbackInternet
    private let files: URL

    init(folder: URL, catalog: Catalog) async throws(CommandFailure) {
        do {
            let plan = try InternetPlan(folder: folder)
            let authority = try CertificateAuthority()
            internet = try plan.build(authority: authority)
            let routes = try await internet.start()
            files = FileManager.default.temporaryDirectory.appending(path: "mailconnect-demo-\(UUID().uuidString)")
            let caFile = files.appending(path: "ca.pem")
            journal = try RegistrationJournal(path: files.appending(path: "journal.sqlite").path, makesFolder: true)
            try Data(authority.certificatePEM.utf8).write(to: caFile)
            accounts = plan.accounts
            environment = try CommandEnvironment(
                catalog: catalog, resolver: "\(routes.resolver)", caFile: caFile.path,
                rerouting: { host, port in
                    let place = routes.addresses.place(host: host, port: port)
                    return (place.address, place.port)
                })
            let api = internet.sites.first { $0.peer is RegistrationPeer }
            let port = routes.addresses.place(host: api?.host ?? "", port: api?.port ?? 443).port
            access = try APIAccess(
                base: "https://\(api?.host ?? "localhost"):\(port)", key: Secret("cs_live_demonstration"))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.ourBug, "the demonstration cannot begin: \(error)")
        }
    }

    /// Stops everything and takes its files away.
    func close() async {
        await internet.stop()
        try? FileManager.default.removeItem(at: files)
    }
}

/// Finds the files of the demonstration: named, beside the executable, or above it in the source tree.
enum DemoFolder {
    static func find(_ named: String?) throws(CommandFailure) -> URL {
        var candidates = named.map { [URL(fileURLWithPath: $0)] } ?? []
        if candidates.isEmpty, let executable = CatalogLoading.executable {
            var folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
            candidates.append(folder.appending(path: "../share/mailconnect/fixtures/demo"))
            for _ in 0..<6 {
                candidates.append(folder.appending(path: "fixtures/demo"))
                folder.deleteLastPathComponent()
            }
        }
        let found = candidates.first {
            FileManager.default.fileExists(atPath: $0.appending(path: "internet.json").path)
        }
        guard let found else {
            throw CommandFailure(
                .noInputFile, "the files of the demonstration are not found; name them with --fixtures")
        }
        return found
    }
}
