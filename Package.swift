// swift-tools-version: 6.2
import PackageDescription

// No Swift packages at all: libcurl and SQLite are system libraries (docs/architecture.md says why).
let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func library(_ name: String, uses: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: uses, resources: resources, swiftSettings: swiftSettings)
}

func executable(_ name: String, uses: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: uses, swiftSettings: swiftSettings)
}

func tests(_ name: String, uses: [Target.Dependency], excluding: [String] = []) -> Target {
    .testTarget(name: name, dependencies: uses, exclude: excluding, swiftSettings: swiftSettings)
}

let package = Package(
    name: "source-rocket-chat",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "source-rocket-chat", targets: ["source-rocket-chat"]),
        .executable(name: "airbyte-run", targets: ["airbyte-run"]),
        .executable(name: "rocket-chat-sandbox", targets: ["rocket-chat-sandbox"]),
    ],
    dependencies: [],
    targets: [
        .target(name: "CSystem"),
        .target(name: "CCurl"),
        .target(name: "CGlibcFloor"),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),

        library("JSONBytes", uses: ["CSystem"]),
        library("AirbyteProtocol", uses: ["JSONBytes", "CSystem"]),
        library("RocketChatAPI", uses: ["CCurl", "CSystem", "JSONBytes"]),
        library(
            "RocketChatSource", uses: ["RocketChatAPI", "AirbyteProtocol", "JSONBytes", "CSystem"],
            resources: [.embedInCode("Resources/spec.json")]),
        library("RunnerKit", uses: ["AirbyteProtocol", "JSONBytes", "CSystem", "CSQLite"]),
        library("RocketChatSandbox"),

        executable(
            "source-rocket-chat",
            uses: ["RocketChatSource", "RocketChatAPI", "AirbyteProtocol", "CSystem", "CGlibcFloor"]),
        executable("airbyte-run", uses: ["RunnerKit", "AirbyteProtocol", "CSystem", "CGlibcFloor"]),
        executable("rocket-chat-sandbox", uses: ["RocketChatSandbox"]),
        // Nothing that is shipped: it writes the parts of the documents that tell of the catalogue.
        executable("write-docs", uses: ["RocketChatSource", "RocketChatAPI", "JSONBytes", "CSystem"]),

        .target(
            name: "TestSupport", dependencies: ["RocketChatAPI", "RocketChatSandbox", "CSystem"],
            path: "Tests/TestSupport", swiftSettings: swiftSettings),
        tests("AirbyteProtocolTests", uses: ["AirbyteProtocol", "JSONBytes"]),
        tests("RocketChatAPITests", uses: ["RocketChatAPI", "JSONBytes", "TestSupport"]),
        tests(
            "RocketChatSourceTests",
            uses: [
                "RocketChatSource", "RocketChatAPI", "AirbyteProtocol", "JSONBytes", "RocketChatSandbox", "TestSupport",
                "write-docs",
            ],
            excluding: ["Fixtures"]),
        tests("RunnerKitTests", uses: ["RunnerKit", "AirbyteProtocol", "JSONBytes", "CSystem", "airbyte-run"]),
        tests("RocketChatSandboxTests", uses: ["RocketChatSandbox"]),
        .target(
            name: "FuzzTargets",
            dependencies: ["RocketChatSource", "RunnerKit", "AirbyteProtocol", "JSONBytes"], path: "Tests/FuzzTargets",
            swiftSettings: swiftSettings),
        tests("FuzzTests", uses: ["FuzzTargets"]),
        tests(
            "EndToEndTests",
            uses: [
                "RocketChatSource", "RocketChatSandbox", "CSQLite", "source-rocket-chat", "airbyte-run",
                "rocket-chat-sandbox",
            ]),
    ]
)

// `scripts/long fuzz` alone builds this, with libFuzzer, which brings the program's `main`.
if Context.environment["FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz",
            swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])]))
}
