import TestSupport
import Testing
import Traffic

@testable import Capture

/// A capture with some of it changed by chance: bytes, numbers that are lengths by chance, a piece left out or doubled.
private func mutant(of bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
  var bytes = bytes
  for _ in 0...Int.random(in: 0..<4, using: &random) where bytes.count > 100 {
    // The first four bytes say what the file is.
    let place = Int.random(in: 4..<bytes.count - 8, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0..<4: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
    case 4:
      let word: [UInt8] =
        [[0, 0, 0, 0], [255, 255, 255, 255], [0, 0, 4, 0], [0, 4, 0, 0]].randomElement(using: &random) ?? []
      bytes.replaceSubrange(place..<place + 4, with: word)
    case 5: bytes.removeLast(min(bytes.count - 64, Int.random(in: 0..<400, using: &random)))
    case 6: bytes.removeSubrange(place..<place + Int.random(in: 1...8, using: &random))
    default: bytes.insert(contentsOf: bytes[place..<min(place + 90, bytes.count)], at: place)
    }
  }
  return bytes
}

@Test("A thousand mutants of captures of every form are read to their end, their cut or their damage")
func mutants() throws {
  let folder = try Folder()
  let made = try MadeCapture.all()
  var random = SeededRandom(seed: 2992)
  var endings: [String: Int] = [:]
  for index in 0..<1_000 {
    let capture = made[index % made.count]
    let frames = capture.frames.dropFirst(index / made.count * 7 % 400).prefix(24)
    let cut = MadeCapture(name: capture.name, form: capture.form, frames: Array(frames))
    let isBig = index % 3 == 0
    let whole =
      index.isMultiple(of: 2)
      ? cut.bytes(precision: isBig ? .nanoseconds : .microseconds, order: isBig ? .bigEndian : .littleEndian)
      : CaptureBytes.nextGeneration(
        frames.map {
          CaptureBytes.Frame(
            UInt64($0.at.nanoseconds), Array($0.bytes.prefix($0.kept)), wireLength: $0.bytes.count,
            link: capture.form.rawValue)
        }, isBig: isBig)
    let bytes = mutant(of: whole, &random)
    let path = try folder.file("mutant", bytes)
    do throws(CaptureError) {
      var run = try CaptureRun(paths: [path])
      var recording = Recording(recorder: "run")
      let reading = try run.read(into: &recording).first
      let harvest = recording.finish()
      let isSound = harvest.frames == reading?.packets && harvest.frames * 16 <= UInt64(bytes.count)
      #expect(isSound, "mutant \(index) of \(capture.name), seed 2992")
      switch reading?.ending {
      case .whole: endings["whole", default: 0] += 1
      case .cut(let offset):
        endings["cut", default: 0] += 1
        #expect(offset <= UInt64(bytes.count))
      case .damaged(.damaged(_, let offset, let records, _)):
        endings["damaged", default: 0] += 1
        #expect(offset <= UInt64(bytes.count) && records == reading?.packets)
      default: Issue.record("mutant \(index) of \(capture.name): \(String(describing: reading?.ending))")
      }
    } catch {
      endings["refused", default: 0] += 1
      guard case .notACapture = error else {
        Issue.record("mutant \(index) of \(capture.name): \(error)")
        continue
      }
    }
  }
  // If a kind never came up, this would try less than it says.
  #expect(endings["whole", default: 0] > 100, "\(endings)")
  #expect(endings["cut", default: 0] > 20, "\(endings)")
  #expect(endings["damaged", default: 0] > 100, "\(endings)")
}
