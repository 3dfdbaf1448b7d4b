// swift-tools-version: 6.2
import PackageDescription

/// Held to the same rules as the sources that are measured.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let measured: Target.Dependency = .product(name: "Modules", package: "netpol-learn")

// A package of its own, so that nothing of it reaches those who use the program.
let package = Package(
  name: "Benchmarks",
  products: [.executable(name: "bench", targets: ["bench"])],
  dependencies: [.package(name: "netpol-learn", path: "..")],
  targets: [
    // Links to files of the tests, whose module can't be built without the testing library.
    .target(name: "Support", swiftSettings: strict),
    .target(name: "ClusterWorld", dependencies: [measured, "Support"], swiftSettings: strict),
    .target(name: "TrafficWorld", dependencies: [measured, "Support"], swiftSettings: strict),
    .executableTarget(
      name: "bench", dependencies: ["ClusterWorld", "TrafficWorld", "Support", measured],
      swiftSettings: strict),
  ]
)
