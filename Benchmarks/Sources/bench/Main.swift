import Console
import Glibc

/// The program: every benchmark is a command, and so is what can be asked of all of them.
@main
enum Main {
  static let program = Program(
    name: "bench", version: "1", summary: "how fast netpol-learn is, beside what the machine can do",
    commands: [
      List.self, Measure<YAMLReading>.self, Measure<PodListReading>.self, Measure<Conformance>.self,
      Measure<RosterLookups>.self, Measure<AttributionWork>.self,
      Measure<GenerationWork>.self, Measure<NamespaceWork>.self,
      Measure<Reachability>.self, Measure<OtherPrograms>.self, Measure<NodeCapture>.self,
      Measure<AnyCapture>.self, Measure<OtherRecorders>.self, Measure<CaptureMemory>.self,
      Measure<LiveConnections>.self, Measure<StoreRows>.self, Measure<StoreGrowth>.self,
      Measure<StoreReading>.self, Show.self, Check.self, Make.self, RunSide.self,
    ])

  static func main() {
    var terminal = Terminal.standard()
    let code = program.run(Array(CommandLine.arguments.dropFirst()), on: &terminal)
    exit(code.rawValue)
  }
}
