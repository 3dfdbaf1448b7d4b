// swift-tools-version: 6.2
import PackageDescription

// The flags that make the fuzzer see into every module are given by scripts/fuzz: flags of this package would reach
// only its own target, and not the modules that are to be tried.
let package = Package(
  name: "Fuzz",
  products: [.executable(name: "fuzz", targets: ["fuzz"])],
  dependencies: [.package(name: "netpol-learn", path: "..")],
  targets: [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CFuzzer", .product(name: "Capture", package: "netpol-learn"),
        .product(name: "Documents", package: "netpol-learn"),
      ],
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ]),
  ]
)
