import Capture
import Console
import FlowStore

/// Capture files that were learned from before and have grown since: what they held then would count once more.
///
/// Their fingerprints differ. But they begin with the same packet, to the moment.
enum GrownFiles {
  /// Refuses files that begin as one did from which this recorder learned before, and go on for longer.
  ///
  /// Under another recorder's name no harm is done: of two that saw the same the larger count stays.
  static func refuse(
    _ readings: [CaptureReading], of recorder: String, beside known: [ImportedFile], keptIn store: String
  ) throws(Complaint) {
    for reading in readings {
      guard let earlier = known.first(where: { $0.recorder == recorder && isGrown(reading, since: $0) })
      else {
        continue
      }
      throw Complaint(
        "`\(reading.path)` begins with the packets of `\(earlier.name)`, which `\(recorder)` learned from before, and "
          + "they would count twice",
        detail: ["nothing was kept in \(store)"],
        hint: "name another `--recorder`, or learn it into a store of its own and bring both together with "
          + "`netpol-learn merge`: there the larger count stays",
        exitCode: .refused)
    }
  }

  private static func isGrown(_ reading: CaptureReading, since earlier: ImportedFile) -> Bool {
    guard let seen = earlier.seen, let last = reading.last else { return false }
    return reading.first == seen.lowerBound && last >= seen.upperBound && reading.packets >= earlier.packets
  }
}
