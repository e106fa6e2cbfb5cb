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
        .target(name: "CCurl"),
        .target(name: "CGlibcFloor"),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),

        library("AirbyteProtocol"),
        library("RocketChatAPI", uses: ["CCurl", "AirbyteProtocol"]),
        library(
            "RocketChatSource", uses: ["RocketChatAPI", "AirbyteProtocol"],
            resources: [.embedInCode("Resources/spec.json")]),
        library("RunnerKit", uses: ["CSQLite"]),
        library("RocketChatSandbox"),

        executable("source-rocket-chat", uses: ["RocketChatSource", "RocketChatAPI", "AirbyteProtocol", "CGlibcFloor"]),
        executable("airbyte-run", uses: ["RunnerKit", "CGlibcFloor"]),
        executable("rocket-chat-sandbox", uses: ["RocketChatSandbox"]),

        .target(
            name: "TestSupport", dependencies: ["RocketChatAPI", "RocketChatSandbox"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        tests("AirbyteProtocolTests", uses: ["AirbyteProtocol"]),
        tests("RocketChatAPITests", uses: ["RocketChatAPI", "AirbyteProtocol", "TestSupport"]),
        tests(
            "RocketChatSourceTests",
            uses: ["RocketChatSource", "RocketChatAPI", "AirbyteProtocol", "RocketChatSandbox", "TestSupport"],
            excluding: ["Fixtures"]),
        tests("RunnerKitTests", uses: ["RunnerKit", "airbyte-run"]),
        tests("RocketChatSandboxTests", uses: ["RocketChatSandbox"]),
        tests(
            "EndToEndTests",
            uses: ["RocketChatSandbox", "CSQLite", "source-rocket-chat", "airbyte-run", "rocket-chat-sandbox"]),
    ]
)
