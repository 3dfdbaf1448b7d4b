import Capture
import Console
import Traffic
import TrafficWorld

/// What connections under way take of memory, when none of them ends.
enum LiveConnections: Benchmark {
  static let name = "live"
  static let summary = "memory of connections under way, as many as fill seven tenths of a million places"
  static let sizes = [1 << 20]
  static let tinySize = 100
  /// Memory does not differ from round to round.
  static let rounds = 1

  private static let (resting, growing) = ("when all are open", "the most on the way there")

  static func words(for size: Int) -> String { "\(size.grouped) places" }

  static func make(_ size: Int, in folder: String) throws -> String {
    let file = try FileWriter(file(folder))
    let crowd = Crowd(connections: size * 7 / 10)
    try crowd.make { try file.write($0) }
    return answer(crowd.connections)
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    [Side(resting, .here), Side(growing, .here)]
  }

  /// For each million of places.
  static func bars(of side: String, _ size: Int) -> [Bar] {
    [.memory(Double(size) / 1_000_000 * (side == resting ? 150 : 300))]
  }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let start = Usage.own.cpu
    var run = try CaptureRun(paths: [file(folder)])
    var recording = Recording(recorder: "")
    try CaptureWork.hold(try run.read(into: &recording), file(folder))
    let usage = Usage.own
    let held = side == resting ? Usage.heldKiB : usage.peakKiB
    let harvest = recording.finish()
    return Outcome(
      answer: answer(Int(clamping: harvest.connections)), cpu: usage.cpu - start, peakKiB: held)
  }

  private static func answer(_ connections: Int) -> String { "\(connections.grouped) connections" }

  private static func file(_ folder: String) -> String { "\(folder)/capture" }
}
