import Foundation
import MailModel

@testable import MailNetwork

/// nginx with certificates of its own, made on the spot, and names that lead to it.
struct HTTPLab: Sendable {
    /// Where `good.test` is served with a certificate for it.
    let good: UInt16
    /// The same name and certificate, another server.
    let other: UInt16
    /// A certificate that has expired.
    let expired: UInt16
    /// Nothing newer than TLS 1.1.
    let old: UInt16
    /// Plain HTTP.
    let plain: UInt16
    /// Where nobody answers: connections are taken by the system, and never read.
    let silent: UInt16
    /// The socket of that port: a test can see that somebody has come.
    let silentListener: Int32
    /// The CA that signed the certificates.
    let caFile: String
    /// Another CA.
    let strangerFile: String

    static var isInstalled: Bool { ["nginx", "openssl"].allSatisfy { ChildServer.path(of: $0) != nil } }

    /// Looks up names below `test`, which all lead to 127.0.0.1, but for `none.test` and `slow.test`.
    struct Names: DNSResolving {
        func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
            let outcome: DNSOutcome
            if let known = DNSQuestion(name, type).knownAnswer {
                outcome = known
            } else if name == "slow.test" {
                try? await Task.sleep(for: .seconds(600))
                outcome = .timedOut
            } else if name.hasSuffix(".test"), name != "none.test" {
                outcome = type == .a ? .records([.address("127.0.0.1")]) : .noData
            } else {
                outcome = .nameNotFound
            }
            return DNSResponse(name: name, type: type, outcome: outcome, duration: .zero)
        }
    }

    /// A client that trusts the lab.
    func client(
        caFile: String? = nil, resolver: any DNSResolving = Names(), policy: AddressPolicy = .all,
        budget: ConnectionBudget? = nil
    ) throws -> CurlHTTPClient {
        try CurlHTTPClient(
            resolver: resolver, caFile: caFile ?? self.caFile, userAgent: "lab/1\r\nX-Evil: 1", addressPolicy: policy,
            budget: budget)
    }

    /// A GET of the good server.
    func get(_ path: String, redirects: Int = 0, timeout: Duration = .seconds(60)) -> HTTPRequest {
        HTTPRequest(
            method: "GET", url: "https://good.test:\(good)\(path)", timeout: timeout, maximumRedirects: redirects)
    }

    /// Runs the lab as long as the body needs it.
    static func run(_ body: (HTTPLab) async throws -> Void) async throws {
        try await ChildServer.withFolder { folder in
            try await makeCertificates(in: folder)
            guard let listener = LoopbackPort.bind(SOCK_STREAM), listen(listener, 128) == 0 else { return }
            defer { close(listener) }
            let ports = (0..<5).map { _ in LoopbackPort.free() }
            let lab = HTTPLab(
                good: ports[0], other: ports[1], expired: ports[2], old: ports[3], plain: ports[4],
                silent: LoopbackPort.number(of: listener), silentListener: listener,
                caFile: folder.appending(path: "ca.pem").path,
                strangerFile: folder.appending(path: "stranger.pem").path)
            let file = folder.appending(path: "nginx.conf")
            try lab.configuration(folder.path).write(to: file, atomically: true, encoding: .utf8)
            let large = Data(repeating: UInt8(ascii: "x"), count: 1_000_000)
            try large.write(to: folder.appending(path: "large"))
            let arguments = ["-p", folder.path, "-e", "stderr", "-c", file.path]
            try await ChildServer.run("nginx", arguments, port: lab.good, folder: folder) { try await body(lab) }
        }
    }

    private static func makeCertificates(in folder: URL) async throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        func path(_ name: String) -> String { folder.appending(path: name).path }
        for name in ["ca", "stranger"] {
            let arguments =
                ["req", "-x509"] + key
                + ["-keyout", path("\(name).key"), "-out", path("\(name).pem"), "-subj", "/CN=Lab \(name)"]
            try await ChildServer.call("openssl", arguments, folder: folder)
        }
        let request = ["req", "-new"] + key + ["-keyout", path("server.key"), "-out", path("server.csr")]
        try await ChildServer.call("openssl", request + ["-subj", "/CN=good.test"], folder: folder)
        try "subjectAltName=DNS:good.test".write(toFile: path("names"), atomically: true, encoding: .utf8)
        for (name, days) in [("good", "2"), ("expired", "-1")] {
            let arguments = [
                "x509", "-req", "-in", path("server.csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key"),
                "-CAcreateserial", "-days", days, "-extfile", path("names"), "-out", path("\(name).pem"),
            ]
            try await ChildServer.call("openssl", arguments, folder: folder)
        }
    }

    private func configuration(_ folder: String) -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: "\n")
        let manyFields = (0..<250).map { "add_header X-\($0) v;" }.joined(separator: " ")
        return """
            daemon off; master_process off; pid \(folder)/nginx.pid;
            events {}
            http {
            access_log off; absolute_redirect off; root \(folder); default_type text/plain;
            \(temporary)
            ssl_certificate_key \(folder)/server.key;
            server {
                listen 127.0.0.1:\(good) ssl; ssl_certificate \(folder)/good.pem;
                location /hello { add_header X-Answer " yes "; return 200 "hello"; }
                location /empty { return 204; }
                location /missing { return 404 "no"; }
                location /echo { return 200 "$request_method|$content_type|$content_length|$http_expect|$http_empty"; }
                location /private { return 302 https://127.0.0.2:\(good)/hello; }
                location /connection { return 200 "$connection"; }
                location /agent { return 200 "$http_user_agent|$http_x_evil|$host|$http_cookie"; }
                location /body { proxy_pass http://127.0.0.1:\(plain); add_header X-Body $request_body; }
                location /hang { proxy_pass http://127.0.0.1:\(silent); }
                location /fields { \(manyFields) return 200 "x"; }
                location /drip { limit_rate 10; alias \(folder)/large; }
                location /closed { return 444; }
                location /cookie { add_header Set-Cookie "a=b; Path=/"; return 200 "x"; }
                location /secret { return 200 "$http_x_api_key|$http_accept"; }
                location /one { return 302 /hello; }
                location /two { return 307 one; }
                location /three { return 301 https://good.test:\(good)/two#part; }
                location /loop { return 302 /loop; }
                location /plain { return 302 http://good.test:\(plain)/; }
                location /file { return 302 file:///etc/hostname; }
                location /near { return 302 /secret; }
                location /far { return 302 https://good.test:\(other)/secret; }
                location /inside { return 302 https://127.0.0.1:\(good)/hello; }
                location /nowhere { return 302 https://none.test/; }
            }
            server {
                listen 127.0.0.1:\(other) ssl; ssl_certificate \(folder)/good.pem;
                location /secret { return 200 "$http_x_api_key|$http_accept"; }
            }
            server { listen 127.0.0.1:\(expired) ssl; ssl_certificate \(folder)/expired.pem; }
            server {
                listen 127.0.0.1:\(old) ssl; ssl_certificate \(folder)/good.pem;
                ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;
            }
            server { listen 127.0.0.1:\(plain); location / { return 200 "plain"; } }
            }
            """
    }
}
