import Capture
import Console
import FlowStore
import Support
import Traffic
import TrafficWorld

/// Learning from a capture file who talks to whom: into memory, and into a finished store.
protocol CaptureLearning: Benchmark {
  /// What capture of so many million bytes there is.
  static func plan(_ size: Int) -> TrafficWorld.Plan
}

/// As tcpdump writes it on a node's interface: whole frames, a fifth of what goes from node to node in VXLAN.
enum NodeCapture: CaptureLearning {
  static let name = "capture"
  static let summary = "from a capture file to conversations, and to a finished store"
  static let sizes = [1_000]

  static func plan(_ size: Int) -> TrafficWorld.Plan {
    TrafficWorld.Plan(bytes: size * 1_000_000, active: min(4_096, 8 * size), mix: CaptureWork.mix)
  }
}

/// As dumpcap writes it from the device `any`: every packet twice, the beginning of each.
enum AnyCapture: CaptureLearning {
  static let name = "capture-any"
  static let summary = "the same from the device `any`, in pcapng, with 256 bytes of each packet"
  static let sizes = [1_000]

  static func plan(_ size: Int) -> TrafficWorld.Plan {
    TrafficWorld.Plan(
      bytes: size * 1_000_000, form: .nextGeneration, link: .cooked2, snapLength: 256,
      active: min(4_096, 8 * size), mix: CaptureWork.mix)
  }
}

extension CaptureLearning {
  static var tinySize: Int { 1 }

  private static var bare: String { "conversations in C" }
  private static var recording: String { "Recording" }
  private static var learning: String { "netpol-learn learn" }
  private static var kept: String { "the store" }

  static func words(for size: Int) -> String { "\(size.grouped) MB" }

  static func make(_ size: Int, in folder: String) throws -> String {
    try CaptureWork.make(plan(size), at: file(folder)).answer.text
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    let program = try Reference.build("conversations", in: folder)
    return [
      Side(bare, .reference(ChildProcess(program: program, arguments: [file(folder)]))),
      Side(recording, .here),
      Side(learning, .whole(CaptureWork.learn(file(folder), to: store(folder)), checkedBy: kept)),
    ]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] { side == recording ? [.ratio(1.2)] : [] }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    guard side == kept else {
      return try Outcome(
        of: { try CaptureWork.harvest(file(folder)) }, answer: { CaptureWork.answer(to: $0).text })
    }
    let store = try Store(at: store(folder), for: .reading)
    let frames = try store.imports().reduce(0) { $0 + Int(clamping: $1.packets) }
    return Outcome(
      answer: TrafficAnswer(frames: frames, facts: try store.facts(), names: try store.dnsFacts()).text)
  }

  private static func file(_ folder: String) -> String { "\(folder)/capture" }
  private static func store(_ folder: String) -> String { "\(folder)/store.db" }
}
