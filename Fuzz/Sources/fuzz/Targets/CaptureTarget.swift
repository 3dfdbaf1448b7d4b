import Capture
import Traffic

extension Target {
  /// A capture file is read to its end, its cut or its damage, and says the same through a pipe.
  static var capture: Target {
    Target(name: "capture") { bytes in
      let file = MemoryFile.file(bytes)
      let whole = CaptureOutcome([file.path])
      let pipe = MemoryFile.pipe(bytes)
      law(CaptureOutcome([pipe.path]) == whole, "through a pipe it is something else")
      law(whole.packets == whole.harvest?.frames ?? 0, "it does not count what it gives")
      law(whole.ending.allSatisfy { $0 <= UInt64(bytes.count) }, "it ends behind its end")
      let half = MemoryFile.file(Array(bytes.prefix(bytes.count / 2)))
      law(CaptureOutcome([half.path]).packets <= whole.packets, "its first half holds more packets")
      let copy = MemoryFile.file(bytes)
      let both = CaptureOutcome([file.path, copy.path])
      law(both.packets == 2 * whole.packets, "two of it do not hold twice as much")
    }
  }
}

/// What came of reading capture files, without their names.
private struct CaptureOutcome: Equatable {
  private(set) var harvest: Harvest?
  private(set) var packets: UInt64 = 0
  /// Where files ended that were not whole.
  private(set) var ending: [UInt64] = []
  private var remarks: [String] = []

  init(_ paths: [String]) {
    do throws(CaptureError) {
      var run = try CaptureRun(paths: paths)
      for case .notACapture(_, let looks) in run.refused { remarks.append("\(looks)") }
      var recording = Recording(recorder: "fuzz", seed: 1)
      let readings = try run.read(into: &recording)
      harvest = recording.finish()
      packets = readings.reduce(0) { $0 + $1.packets }
      for reading in readings {
        remarks.append("\(reading.losses) \(reading.links) \(reading.fingerprint)")
        switch reading.ending {
        case .whole: break
        case .cut(let offset): ending.append(offset)
        case .damaged(.damaged(_, let offset, _, let what)):
          ending.append(offset)
          remarks.append("\(what)")
        case .damaged(let other): fatalError("law broken: \(other) is no damage")
        }
      }
    } catch {
      // The machine's trouble, and no law's.
    }
  }
}
