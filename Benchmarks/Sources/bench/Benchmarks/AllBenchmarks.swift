import Console

/// Every benchmark there is, in the order of the document.
enum AllBenchmarks {
  static let list: [any Benchmark.Type] = [
    YAMLReading.self, PodListReading.self, Conformance.self, Reachability.self, OtherPrograms.self,
    NodeCapture.self, AnyCapture.self, OtherRecorders.self, CaptureMemory.self, LiveConnections.self,
    StoreRows.self, StoreGrowth.self, StoreReading.self, RosterLookups.self, AttributionWork.self,
    GenerationWork.self, NamespaceWork.self,
  ]

  /// The benchmark with this name.
  static func named(_ name: String?) throws -> any Benchmark.Type {
    if let found = list.first(where: { $0.name == name }) { return found }
    throw Complaint(
      "`\(name ?? "")` is no benchmark", hint: "bench list", exitCode: .usage)
  }
}
