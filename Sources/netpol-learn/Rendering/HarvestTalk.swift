import Capture
import Console
import Traffic

/// What is said about packets that were read.
enum HarvestTalk {
  static func tell(
    _ harvest: Harvest, _ readings: [CaptureReading], keptIn store: String, on terminal: inout Terminal
  ) {
    for reading in readings {
      var parts = ["\(reading.path)  \(reading.packets.counted("packet"))"]
      if let first = reading.first, let last = reading.last {
        parts.append(Rounded.duration(seconds: last.seconds(since: first)))
      }
      parts += reading.links.map(\.description)
      terminal.say("read", parts.joined(separator: ", "))
    }
    terminal.say("found", found(harvest))
    terminal.say("kept", "\(harvest.facts.count.counted("fact")) in \(store)\(tiers(harvest))")
    let passed = harvest.passed.filter { $0.value > 0 }
      .sorted { $0.value == $1.value ? $0.key.rawValue < $1.key.rawValue : $0.value > $1.value }
    if !passed.isEmpty {
      terminal.say("passed", passed.map { "\($0.value.grouped) \($0.key.rawValue)" }.joined(separator: ", "))
    }
    terminal.say("loss", loss(readings))
  }

  /// Says what is wrong with the files, and what that means for the end of the run.
  static func exitCode(_ readings: [CaptureReading], on terminal: inout Terminal) -> ExitCode {
    var code = ExitCode.done
    for reading in readings {
      switch reading.ending {
      case .whole: break
      case .cut(let offset):
        terminal.warn(
          "`\(reading.path)` ends within a record at byte \(offset): its recorder was stopped there")
      case .damaged(let error):
        terminal.report(error.complaint)
        code = .input
      }
    }
    return code
  }

  private static func found(_ harvest: Harvest) -> String {
    var kinds = [harvest.connections.counted("connection")]
    if harvest.associations > 0 { kinds.append(harvest.associations.counted("SCTP association")) }
    return kinds.joined(separator: ", ") + " (\(harvest.sightings.counted("sighting"))), "
      + "\(harvest.exchanges.counted("UDP exchange")), \(harvest.names.counted("DNS name"))"
  }

  private static func tiers(_ harvest: Harvest) -> String {
    let counts = Dictionary(harvest.facts.map { ($0.key.tier, 1) }, uniquingKeysWith: +)
    let listed = Tier.allCases.reversed().compactMap { tier in counts[tier].map { "\($0) \(tier.name)" } }
    return listed.isEmpty ? "" : ": " + listed.joined(separator: ", ")
  }

  private static func loss(_ readings: [CaptureReading]) -> String {
    let losses = readings.flatMap(\.losses)
    guard !losses.isEmpty, losses.allSatisfy({ $0.dropped != nil }) else {
      return "unknown (\(readings.count == 1 ? "the file does" : "some of the files do") not record drops)"
    }
    let dropped = losses.reduce(0) { $0 &+ ($1.dropped ?? 0) }
    let all = losses.reduce(dropped) { $0 &+ $1.received }
    return
      "\(dropped.grouped) of \(all.counted("packet")) (\(Rounded.percent(all == 0 ? 0 : Double(dropped) / Double(all) * 100)))"
  }
}
