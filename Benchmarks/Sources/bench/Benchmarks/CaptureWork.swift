import Capture
import Console
import Traffic
import TrafficWorld

/// What the benchmarks about captures have in common.
enum CaptureWork {
  /// What the captures hold beside TCP, UDP, ICMP and ARP: as much as `Recording` understands.
  static let mix: TrafficWorld.Mix = .whole

  /// Writes the capture of a plan.
  static func make(_ plan: TrafficWorld.Plan, at path: String) throws -> TrafficTruth {
    let file = try FileWriter(path)
    return try TrafficWorld(plan).make { try file.write($0) }
  }

  /// Reads a capture to its end.
  static func harvest(_ path: String) throws -> Harvest {
    var run = try CaptureRun(paths: [path])
    var recording = Recording(recorder: "")
    try Self.hold(try run.read(into: &recording), path)
    return recording.finish()
  }

  /// What was learned, to be compared.
  static func answer(to harvest: Harvest) -> TrafficAnswer {
    TrafficAnswer(frames: Int(clamping: harvest.frames), facts: harvest.facts, names: harvest.dns)
  }

  /// The whole program, which begins a store; a file that is in a store already would be skipped.
  static func learn(_ path: String, to store: String) -> ChildProcess {
    let begin = "rm -f \"$1\" \"$1\"-*; exec \"$0\" learn -q -r \"$2\" --db \"$1\""
    return ChildProcess(program: "bash", arguments: ["-c", begin, Checkout.program, store, path])
  }

  /// Sees to it that a file was read whole.
  static func hold(_ readings: [CaptureReading], _ path: String) throws {
    guard readings.allSatisfy({ $0.ending == .whole }) else {
      throw Complaint("`\(path)` was not read whole", exitCode: .machine)
    }
  }
}
