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

// `scripts/fuzz` alone builds the program `Fuzz`, with libFuzzer, which brings its `main`. What it plays sees into the modules, so it is
// one of the tests: else every release build would build it, and cannot.
let isFuzzed = Context.environment["FUZZ"] != nil
let fuzzed: [Target.Dependency] = ["RocketChatSource", "RunnerKit", "AirbyteProtocol", "JSONBytes", "CSystem"]
let fuzzTargets: Target =
    isFuzzed
    ? .target(name: "FuzzTargets", dependencies: fuzzed, path: "Tests/FuzzTargets", swiftSettings: swiftSettings)
    : tests("FuzzTargets", uses: fuzzed)

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
        tests("AirbyteProtocolTests", uses: ["AirbyteProtocol", "JSONBytes", "CSystem"]),
        tests("RocketChatAPITests", uses: ["RocketChatAPI", "JSONBytes", "TestSupport"]),
        tests(
            "RocketChatSourceTests",
            uses: [
                "RocketChatSource", "RocketChatAPI", "AirbyteProtocol", "JSONBytes", "CSystem", "RocketChatSandbox",
                "TestSupport", "write-docs",
            ],
            excluding: ["Fixtures"]),
        tests("RunnerKitTests", uses: ["RunnerKit", "AirbyteProtocol", "JSONBytes", "CSystem", "airbyte-run"]),
        tests("RocketChatSandboxTests", uses: ["RocketChatSandbox"]),
        fuzzTargets,
        tests("FuzzTests", uses: ["FuzzTargets", "CSystem"]),
        tests(
            "EndToEndTests",
            uses: [
                "RocketChatSource", "RocketChatSandbox", "CSQLite", "source-rocket-chat", "airbyte-run",
                "rocket-chat-sandbox",
            ]),
    ]
)

if isFuzzed {
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: ["FuzzTargets", "CSystem"], path: "Tests/Fuzz",
            swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])]))
}
