// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "threadmark",
  products: [
    .executable(name: "threadmark", targets: ["threadmark"]),
    .executable(name: "keeper", targets: ["keeper"]),
    .library(name: "gate", type: .dynamic, targets: ["gate"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "CKeeper"),
    .executableTarget(
      name: "keeper",
      dependencies: ["CKeeper"],
      linkerSettings: [.linkedLibrary("seccomp"), .unsafeFlags(["-Xlinker", "--as-needed"])]
    ),
    .target(
      name: "gate",
      linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-stdlib", "-Xlinker", "--as-needed"])]
    ),
    .target(name: "Sandboxing", dependencies: ["CKeeper"]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "JUnitXML", dependencies: ["CLibXML2"], resources: [.embedInCode("Schemas/junit.xsd")]),
    .target(
      name: "Grading",
      dependencies: ["Sandboxing", .product(name: "Yams", package: "Yams")],
      resources: [.embedInCode("Witness/witness.py"), .embedInCode("Witness/answer.py")]
    ),
    .target(name: "Reporting", dependencies: ["Grading", "JUnitXML"]),
    .executableTarget(
      name: "threadmark",
      dependencies: [
        "Grading", "Reporting", "Sandboxing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .target(name: "SpeedupSimulation", dependencies: ["Grading"]),
    .executableTarget(name: "bench", dependencies: ["Grading", "Sandboxing", "SpeedupSimulation"]),
    .target(name: "TestSupport", dependencies: ["Grading", "Sandboxing"], path: "Tests/TestSupport"),
    .testTarget(
      name: "SandboxingTests",
      dependencies: ["Sandboxing", "TestSupport", "keeper"]
    ),
    .testTarget(name: "JUnitXMLTests", dependencies: ["JUnitXML", "TestSupport"]),
    .testTarget(name: "GradingTests", dependencies: ["Grading", "SpeedupSimulation", "TestSupport", "keeper"]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting", "TestSupport"]),
    .testTarget(
      name: "ThreadmarkTests",
      dependencies: ["TestSupport", "threadmark", "keeper"]
    ),
  ],
  cLanguageStandard: .gnu11
)

/// The modules that call C; there every use of an unsafe pointer is marked in the source.
let callsC: Set<String> = ["Sandboxing", "JUnitXML"]

for target in package.targets where target.type != .system {
  if ["CKeeper", "keeper", "gate"].contains(target.name) {
    target.cSettings = [
      .define("_GNU_SOURCE"), .treatAllWarnings(as: .error), .enableWarning("all"), .enableWarning("extra"),
    ]
    if target.name == "gate" { target.cSettings?.append(.headerSearchPath("../CKeeper/include")) }
    continue
  }
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
  if callsC.contains(target.name) { target.swiftSettings?.append(.strictMemorySafety()) }
}
