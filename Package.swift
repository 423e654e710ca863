// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is built with: the imports say what leaks into a signature, and a warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Programs that are released bring Swift's runtime along: finding and loading its libraries takes a fifth of a short command's
/// time. The names are those of what FoundationEssentials itself is made of.
let runtimeInside = LinkerSetting.unsafeFlags(
    ["-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections"],
    .when(platforms: [.linux], configuration: .release))

func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }

let package = Package(
    name: "mailconnect",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "MailConnect", targets: ["MailConnect"]),
        .executable(name: "mailconnect", targets: ["mailconnect"]),
        .executable(name: "mailconnectd", targets: ["mailconnectd"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // Floor 0
        .target(name: "MailJSON", swiftSettings: strict),
        .target(name: "MailModel", dependencies: ["MailJSON"], swiftSettings: strict),

        // Floor 1
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .target(name: "MailProtocol", dependencies: ["MailJSON", "MailModel", "CExpat"], swiftSettings: strict),
        .target(name: "ProviderCatalog", dependencies: ["MailJSON", "MailModel"], swiftSettings: strict),

        // Floor 2
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "MailSQLite", dependencies: ["CSQLite"], swiftSettings: strict),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CAres", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPublicSuffix", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        .systemLibrary(name: "CProcess"),
        .target(
            name: "MailNetwork",
            dependencies: [
                "MailModel", "COpenSSL", "CAres", "CCurl", "CPublicSuffix", "CProcess", nio("NIOCore"),
                nio("NIOPosix"),
            ],
            swiftSettings: strict),
        .target(name: "MailDiagnosis", dependencies: ["MailModel", "ProviderCatalog"], swiftSettings: strict),

        // Floor 3
        .target(
            name: "MailConnect",
            dependencies: [
                "MailJSON", "MailModel", "MailProtocol", "ProviderCatalog", "MailNetwork", "MailDiagnosis",
                "MailRegistration",
                "MailReport",
            ],
            swiftSettings: strict),
        .target(
            name: "MailRegistration",
            dependencies: ["MailJSON", "MailModel", "MailNetwork", "MailSQLite"],
            swiftSettings: strict),
        .target(name: "MailReport", dependencies: ["MailJSON", "MailModel"], swiftSettings: strict),

        // Floor 5
        .target(
            name: "MailBatch",
            dependencies: [
                "MailJSON", "MailModel", "ProviderCatalog", "MailNetwork", "MailDiagnosis", "MailConnect",
                "MailRegistration", "MailReport", "MailSQLite",
            ],
            swiftSettings: strict),

        // What both programs take from files, variables and the system, and how they fail
        .target(
            name: "CommandSupport",
            dependencies: [
                "MailJSON", "MailModel", "ProviderCatalog", "MailNetwork", "MailRegistration",
            ],
            swiftSettings: strict),

        // Floor 6: many machines
        .systemLibrary(name: "CNats", providers: [.apt(["libnats-dev"])]),
        .target(
            name: "MailQueue",
            dependencies: [
                "MailJSON", "MailModel", "ProviderCatalog", "MailNetwork", "MailConnect", "MailRegistration",
                "MailReport", "MailBatch", "CNats", "COpenSSL",
            ],
            swiftSettings: strict),

        // Floor 6
        .target(
            name: "QueueSupport",
            dependencies: [
                "CommandSupport", "MailModel", "MailQueue",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "mailconnect",
            dependencies: [
                "CommandSupport", "QueueSupport",
                "MailJSON", "MailModel", "ProviderCatalog", "MailNetwork", "MailDiagnosis", "MailConnect", "MailBatch",
                "MailQueue",
                "MailRegistration", "MailReport", "MailLoopback",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict, linkerSettings: [runtimeInside]),

        // The HTTP service, and the program around it
        .target(
            name: "MailService",
            dependencies: [
                "MailJSON", "MailModel", "ProviderCatalog", "MailNetwork", "MailDiagnosis", "MailConnect", "MailBatch",
                "MailRegistration", "MailReport", "MailSQLite", nio("NIOCore"), nio("NIOPosix"),
                nio("NIOHTTP1"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [
                .embedInCode("Page/index.html"), .embedInCode("Page/app.css"), .embedInCode("Page/app.js"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "mailconnectd",
            dependencies: [
                "CommandSupport", "QueueSupport", "MailModel", "ProviderCatalog", "MailNetwork", "MailBatch",
                "MailQueue",
                "MailConnect", "MailRegistration", "MailReport", "MailService",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict, linkerSettings: [runtimeInside]),

        // Peers on loopback, for the demonstration and the tests
        .target(
            name: "MailLoopback",
            dependencies: [
                "MailJSON", "MailModel", "MailNetwork", "COpenSSL", nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"),
            ],
            swiftSettings: strict),

        // Benchmarks: programs that print ratios
        .executableTarget(
            name: "RoundTripBenchmark", dependencies: ["MailTestSupport"], path: "Benchmarks/RoundTrips",
            swiftSettings: strict),

        .executableTarget(
            name: "CatalogueBenchmark", dependencies: ["MailModel", "ProviderCatalog", "MailTestSupport"],
            path: "Benchmarks/Catalogue", swiftSettings: strict),

        .executableTarget(
            name: "JSONBenchmark", dependencies: ["MailJSON", "MailReport", "MailTestSupport"],
            path: "Benchmarks/JSON", swiftSettings: strict),

        .executableTarget(
            name: "GrowthBenchmark",
            dependencies: ["MailJSON", "MailModel", "MailProtocol", "ProviderCatalog", "MailDiagnosis"],
            path: "Benchmarks/Growth", swiftSettings: strict),

        .executableTarget(
            name: "ExplainBenchmark", dependencies: ["MailJSON", "MailModel", "ProviderCatalog", "MailDiagnosis"],
            path: "Benchmarks/Explain", swiftSettings: strict),

        .executableTarget(
            name: "RunsBenchmark", dependencies: ["MailConnect", "MailNetwork", "MailTestSupport"],
            path: "Benchmarks/Runs", swiftSettings: strict),

        .executableTarget(
            name: "BatchBenchmark", dependencies: ["MailLoopback", "MailModel", "MailTestSupport"],
            path: "Benchmarks/Batch",
            exclude: ["peer.py"], swiftSettings: strict),

        .executableTarget(
            name: "ServiceBenchmark", dependencies: ["MailLoopback", "MailTestSupport"], path: "Benchmarks/Service",
            swiftSettings: strict),
        .executableTarget(
            name: "FleetBenchmark", dependencies: ["MailBatch", "MailModel"], path: "Benchmarks/Fleet",
            swiftSettings: strict),

        // The README's program
        .executableTarget(
            name: "ExampleCheck", dependencies: ["MailConnect"], path: "Examples/Check", swiftSettings: strict),

        // What README and documentation show in pieces
        .target(
            name: "ExampleSnippets", dependencies: ["MailConnect"], path: "Examples/Snippets", swiftSettings: strict),

        // Further programs that embed the library
        .executableTarget(
            name: "ExampleGate", dependencies: ["MailConnect"], path: "Examples/Gate", swiftSettings: strict),
        .executableTarget(
            name: "ExampleAddWithProgress", dependencies: ["MailConnect"], path: "Examples/AddWithProgress",
            swiftSettings: strict),

        // Tests
        .target(
            name: "MailTestSupport",
            dependencies: [
                "MailJSON", "MailModel", "ProviderCatalog", "MailNetwork", "MailLoopback",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            path: "Tests/MailTestSupport",
            swiftSettings: strict),
        .testTarget(name: "MailSQLiteTests", dependencies: ["MailSQLite"], swiftSettings: strict),
        .testTarget(name: "MailJSONTests", dependencies: ["MailJSON"], swiftSettings: strict),
        .testTarget(
            name: "MailModelTests", dependencies: ["MailJSON", "MailModel", "MailTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "SchemaTests",
            dependencies: [
                "MailJSON", "MailModel", "ProviderCatalog", "MailReport", "MailRegistration", "MailTestSupport",
            ],
            swiftSettings: strict),
        .testTarget(name: "MailProtocolTests", dependencies: ["MailModel", "MailProtocol"], swiftSettings: strict),
        .testTarget(
            name: "ProviderCatalogTests",
            dependencies: ["MailJSON", "MailModel", "ProviderCatalog", "MailTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "MailNetworkTests", dependencies: ["MailModel", "MailNetwork", "MailLoopback", "MailTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "MailDiagnosisTests",
            dependencies: ["MailModel", "ProviderCatalog", "MailDiagnosis", "MailTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "MailConnectTests",
            dependencies: [
                "MailModel", "MailProtocol", "ProviderCatalog", "MailNetwork", "MailDiagnosis", "MailConnect",
                "MailLoopback", "MailTestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MailRegistrationTests",
            dependencies: ["MailModel", "MailNetwork", "MailRegistration", "MailLoopback", "MailTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "MailBatchTests", dependencies: ["MailBatch", "MailSQLite", "MailModel"], swiftSettings: strict),
        .testTarget(
            name: "MailQueueTests",
            dependencies: ["MailQueue", "MailBatch", "MailConnect", "MailModel"], swiftSettings: strict),
        .testTarget(
            name: "MailReportTests",
            dependencies: [
                "mailconnect", "MailJSON", "MailModel", "ProviderCatalog", "MailDiagnosis", "MailReport",
                "MailTestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LabTests",
            dependencies: [
                "mailconnect", "ExampleCheck", "ExampleGate", "ExampleAddWithProgress", "ExampleSnippets",
                "RunsBenchmark",
                "MailTestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MailServiceTests",
            dependencies: [
                "MailService", "MailConnect", "MailJSON", "MailModel", "MailReport", "ProviderCatalog",
                "MailTestSupport", .product(name: "Logging", package: "swift-log"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "mailconnect", "mailconnectd", "MailJSON", "MailLoopback", "MailModel", "MailSQLite", "MailTestSupport",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
