// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules: see CONTRIBUTING.md.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module: its sources under `Sources/`, and what it may see.
func module(_ name: String, sees dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one module; `beside` are folders of files that tests read by themselves.
func tests(of name: String, with dependencies: [Target.Dependency] = [], beside: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    exclude: beside, swiftSettings: strict)
}

let package = Package(
  name: "netpol-learn",
  products: [
    .executable(name: "netpol-learn", targets: ["netpol-learn"]),
    // For the packages beside this one, which measure and try the modules; nothing installs it.
    .library(
      name: "Modules",
      targets: [
        "Capture", "Console", "Documents", "FlowStore", "Generator", "Kubernetes", "Review", "Traffic",
      ]),
    .library(name: "Capture", targets: ["Capture", "Traffic"]),
    .library(name: "Documents", targets: ["Documents"]),
  ],
  targets: [
    .systemLibrary(
      name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    .systemLibrary(name: "CMemory"),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    module("Traffic", sees: ["CMemory"]),
    module("Capture", sees: ["Traffic"]),
    module("FlowStore", sees: ["Traffic", "CSQLite"]),
    module("Documents", sees: ["CYAML"]),
    module("Kubernetes", sees: ["Traffic", "Documents"]),
    module("Generator", sees: ["Traffic", "Kubernetes", "Documents"]),
    module("Review", sees: ["Generator", "Kubernetes", "Documents", "Traffic"]),
    module("Console"),
    .executableTarget(
      name: "netpol-learn",
      dependencies: [
        "Traffic", "Capture", "FlowStore", "Documents", "Kubernetes", "Generator", "Review",
        "Console",
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Traffic", "Documents"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests(of: "Traffic"),
    tests(of: "Capture", with: ["Traffic", "CPcap"]),
    tests(of: "FlowStore", with: ["Traffic"], beside: ["Fixtures"]),
    tests(of: "Documents", beside: ["Golden"]),
    tests(of: "Kubernetes", with: ["Traffic", "Documents"], beside: ["Corners", "Fixtures"]),
    tests(of: "Generator", with: ["Capture", "Review", "Traffic", "Kubernetes", "Documents"]),
    tests(
      of: "Review", with: ["Generator", "Traffic", "Kubernetes", "Documents"], beside: ["Golden"]),
    tests(of: "Console"),
    tests(
      of: "netpol-learn", with: ["Console", "Documents", "FlowStore", "Kubernetes", "Traffic"],
      beside: ["Golden"]),
  ]
)
