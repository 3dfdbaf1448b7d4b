import Capture
import Console
import Traffic
import TrafficWorld

/// What is held in memory while a capture is read: the same conversations, in a small file and in a large one.
enum CaptureMemory: Benchmark {
  static let name = "capture-memory"
  static let summary = "memory does not grow with the file: the same conversations, ten times as long"
  static let sizes = [100, 1_000]
  static let tinySize = 1
  /// Memory does not differ from round to round.
  static let rounds = 1

  private static let recording = "Recording"

  static func words(for size: Int) -> String { "\(size.grouped) MB" }

  static func make(_ size: Int, in folder: String) throws -> String {
    let plan = TrafficWorld.Plan(
      bytes: size * 1_000_000, active: min(1_024, 8 * size), lengthening: max(1, size / 100),
      mix: CaptureWork.mix)
    return try CaptureWork.make(plan, at: file(folder)).answer.text
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] { [Side(recording, .here)] }

  static func bars(of side: String, _ size: Int) -> [Bar] { [.memory(64)] }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    try Outcome(of: { try CaptureWork.harvest(file(folder)) }, answer: { CaptureWork.answer(to: $0).text })
  }

  private static func file(_ folder: String) -> String { "\(folder)/capture" }
}
