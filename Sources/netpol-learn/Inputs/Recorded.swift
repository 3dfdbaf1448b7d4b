import Capture
import FlowStore
import Traffic

extension Batch {
  /// Everything that one run over capture files adds to a store.
  init(_ harvest: Harvest, _ readings: [CaptureReading], recorder: String) {
    self.init(
      facts: harvest.facts, spoofed: harvest.spoofed, dns: harvest.dns, losses: readings.flatMap(\.losses),
      passed: harvest.passed.map { PassedFrames(recorder: recorder, reason: $0.key, count: $0.value) },
      imports: readings.map { reading in
        let seen = reading.first.flatMap { first in reading.last.map { first...max(first, $0) } }
        return ImportedFile(
          fingerprint: reading.fingerprint.description, recorder: recorder, name: reading.path,
          packets: reading.packets, seen: seen)
      })
  }
}
