import Console
import FlowStore
import Support
import Traffic
import TrafficWorld

/// A capture file put away, beside a collector of flows, and beside the program that takes everything apart.
enum OtherRecorders: Benchmark {
  static let name = "recorders"
  static let summary = "from a capture file to a finished store, beside nfpcapd and tshark"
  static let sizes = [1_000]
  static let tinySize = 1
  /// One of them takes a minute, and its seconds hardly differ.
  static let rounds = 3

  private static let (learning, kept) = ("netpol-learn learn", "the store")
  private static let (collector, flows) = ("nfpcapd", "its flows")
  private static let (analyzer, conversations) = ("tshark -z conv,tcp", "its conversations")

  static func words(for size: Int) -> String { "\(size.grouped) MB" }

  /// Without overlays, into which nfpcapd does not look.
  static func make(_ size: Int, in folder: String) throws -> String {
    let plan = TrafficWorld.Plan(
      bytes: size * 1_000_000, active: min(4_096, 8 * size), mix: CaptureWork.mix.subtracting(.overlays))
    return answer(try CaptureWork.make(plan, at: file(folder)).pairs)
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    let collecting = "rm -rf \"$2\"; mkdir \"$2\"; exec \"$0\" -r \"$1\" -w \"$2\""
    return [
      Side(learning, .whole(CaptureWork.learn(file(folder), to: store(folder)), checkedBy: kept)),
      Side(
        collector,
        .whole(
          ChildProcess(
            program: "bash",
            arguments: ["-c", collecting, try peer("nfpcapd"), file(folder), "\(folder)/flows"]),
          checkedBy: flows)),
      Side(
        analyzer,
        .whole(
          ChildProcess(
            program: "tshark", arguments: ["-n", "-q", "-z", "conv,tcp", "-r", file(folder)],
            output: "\(folder)/conversations"),
          checkedBy: conversations)),
    ]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] {
    switch side {
    case collector: [.ratioAtLeast(6)]
    case analyzer: [.ratioAtLeast(60)]
    default: []
    }
  }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    switch side {
    case flows:
      let reading = ChildProcess(
        program: try peer("nfdump"),
        arguments: ["-R", "\(folder)/flows", "-q", "-6", "-o", "fmt:%sa %sp %da %dp", "proto tcp"])
      return Outcome(answer: answer(Set(lines(try reading.run(in: folder).output).map(pair)).count))
    case conversations:
      let text = String(decoding: try FileBytes.read("\(folder)/conversations"), as: UTF8.self)
      return Outcome(answer: answer(lines(text).count { $0.contains("<->") }))
    default:
      let facts = try Store(at: store(folder), for: .reading).facts()
      let pairs = facts.filter { $0.key.transport == .tcp }.reduce(0) { sum, fact in
        // Where a Service was dialled there are the ends before and behind its translation.
        sum + Int(clamping: fact.conversations) * (fact.key.dialled == nil ? 1 : 2)
      }
      return Outcome(answer: answer(pairs))
    }
  }

  private static func answer(_ pairs: Int) -> String { "\(pairs.grouped) pairs of TCP ends" }

  private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

  /// A pair of ends, whichever of them sends.
  private static func pair(_ line: Substring) -> [String] {
    let words = line.split(separator: " ")
    let ends = stride(from: 0, to: words.count - 1, by: 2).map { "\(words[$0]) \(words[$0 + 1])" }
    return ends.sorted()
  }

  /// A program that `Benchmarks/setup` puts there.
  private static func peer(_ name: String) throws -> String {
    let program = Checkout.path("Benchmarks/.venv/nfdump/usr/bin/\(name)")
    guard (try? FileBytes.read(program)) != nil else {
      throw Complaint("there is no `\(program)`", hint: "Benchmarks/setup", exitCode: .machine)
    }
    return program
  }

  private static func file(_ folder: String) -> String { "\(folder)/capture" }
  private static func store(_ folder: String) -> String { "\(folder)/store.db" }
}
