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
      terminal.say("passed", passed.map { PassedWords.counted($0.value, $0.key) }.joined(separator: ", "))
    }
    terminal.say("loss", loss(readings))
  }

  /// Says what is wrong with the files, and what that means for the end of the run.
  static func exitCode(
    _ harvest: Harvest, _ readings: [CaptureReading], on terminal: inout Terminal
  ) -> ExitCode {
    var code = ExitCode.done
    for reading in readings {
      tellClock(of: reading, on: &terminal)
      tellImpossibleLoss(of: reading, on: &terminal)
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
    tellUnread(harvest, readings, on: &terminal)
    tellCrowdedOut(harvest, on: &terminal)
    tellHalfSeen(harvest, on: &terminal)
    return code
  }

  /// Says where a file's times can't be right.
  private static func tellClock(of reading: CaptureReading, on terminal: inout Terminal) {
    let clock = reading.clock
    if clock.impossible > 0 {
      terminal.warn(
        "\(clock.impossible.counted("packet")) of `\(reading.path)` \(clock.impossible == 1 ? "is" : "are") from "
          + "before the year 2000 or after 2099, and taught nothing",
        hint: "`editcap -t SECONDS` moves the times of a capture whose clock was not set")
    }
    if clock.stepsBack > 0 {
      let times = clock.stepsBack == 1 ? "once" : "\(clock.stepsBack.grouped) times"
      terminal.warn(
        "the times of `\(reading.path)` go back \(times), by "
          + "\(Rounded.duration(seconds: Double(clock.farthest))) at most",
        hint: "a clock was set, or files were joined out of order; `reordercap` sorts those")
    }
  }

  /// Says where a file counts more packets than can have come: no link brings more than one in a nanosecond.
  private static func tellImpossibleLoss(of reading: CaptureReading, on terminal: inout Terminal) {
    for loss in reading.losses {
      let count = loss.received.saturatingPlus(loss.dropped ?? 0)
      let span = max(1, loss.until.seconds(since: loss.from))
      guard Double(count) > 1e9 * span else { continue }
      terminal.warn(
        "what `\(reading.path)` says of its losses can't be right: \((loss.dropped ?? 0).grouped) dropped and "
          + "\(loss.received.counted("packet")) received within \(Rounded.duration(seconds: span))")
    }
  }

  /// Says so where nothing of a file, or of the run, was understood.
  ///
  /// Frames of protocols that are known are no reason.
  private static func tellUnread(
    _ harvest: Harvest, _ readings: [CaptureReading], on terminal: inout Terminal
  ) {
    let strange = readings.filter { $0.packets > 0 && $0.links.allSatisfy(\.isUnknown) }
    for reading in strange {
      terminal.warn(
        "`\(reading.path)` holds no packet that could be read: "
          + reading.links.map(\.description).joined(separator: ", "),
        hint: "record it anew on an interface that gives Ethernet or IP, or all at once: `tcpdump -i any`")
    }
    guard harvest.frames > 0, strange.count < readings.count else { return }
    func isAll(_ reasons: [Passed]) -> Bool {
      reasons.map { harvest.passed[$0, default: 0] }.saturatingSum == harvest.frames
    }
    if isAll(Passed.unread) {
      terminal.warn(
        "no packet could be read: \(listed(Passed.unread, of: harvest))",
        hint: harvest.passed[.cut] != nil ? "record more of each packet: `tcpdump -s 256`" : nil)
    } else if isAll(Passed.unread + Passed.strange) {
      // A file that names another link type than its frames have looks just so.
      terminal.warn(
        "no packet could be read: \(listed(Passed.unread + Passed.strange, of: harvest))",
        hint: "where the frames are not what the file says (`capinfos -E`), record it anew: `tcpdump -i any`")
    }
  }

  /// Says so where there was more than there is room for: a need may be among it.
  private static func tellCrowdedOut(_ harvest: Harvest, on terminal: inout Terminal) {
    let counts = listed(Passed.crowdedOut + Passed.namesCrowdedOut, of: harvest)
    guard !counts.isEmpty else { return }
    terminal.warn(
      "there was more than there is room for, and needs may be missing: \(counts)",
      hint: "learn from shorter captures, each in a run of its own")
  }

  /// Says so where what was captured tells less than what was said: needs and names may be missing.
  private static func tellHalfSeen(_ harvest: Harvest, on terminal: inout Terminal) {
    if let count = harvest.passed[.oneDirection] {
      terminal.warn(
        "\(count.counted("connection")) \(count == 1 ? "was" : "were") seen in one direction only, and may be "
          + "missing among the needs",
        hint: "capture both directions: on every interface (`-i any`), with no filter that names one end")
    }
    tellUnconfirmed(harvest, on: &terminal)
    if let count = harvest.passed[.dnsCut] {
      terminal.warn(
        "\(count.counted("DNS message")) \(count == 1 ? "was" : "were") cut short: where a name is lost, rules are "
          + "for the address of the day",
        hint: "record DNS whole: `tcpdump -s 2048 'port 53'`")
    }
  }

  /// Says so where clients were answered and none of them was ever seen to go on: a filter hides what makes it a need.
  private static func tellUnconfirmed(_ harvest: Harvest, on terminal: inout Terminal) {
    let connections = harvest.facts.filter { $0.key.transport == .tcp }
    let answered = connections.filter { $0.key.tier == .answered }.map(\.conversations).saturatingSum
    guard answered > 0, !connections.contains(where: \.key.tier.isEstablished) else { return }
    terminal.warn(
      "\(answered.counted("connection")) \(answered == 1 ? "was" : "were") answered, and no client was seen to go on: "
        + "\(answered == 1 ? "it is" : "they are") missing among the needs",
      hint: "capture more than SYN and SYN-ACK: what a client sends next makes a connection a need")
  }

  /// How often each of these reasons was met, in words.
  private static func listed(_ reasons: [Passed], of harvest: Harvest) -> String {
    reasons.compactMap { reason in
      harvest.passed[reason].map { PassedWords.counted($0, reason) }
    }.joined(separator: ", ")
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
    let counted = losses.compactMap { loss in loss.dropped.map { (received: loss.received, dropped: $0) } }
    let silent = readings.count { $0.losses.isEmpty || $0.losses.contains { $0.dropped == nil } }
    guard let dropped = LossWords.dropped(counted, isAll: silent == 0) else {
      return "unknown (\(readings.count == 1 ? "the file does" : "the files do") not record drops)"
    }
    guard silent > 0 else { return dropped }
    let who =
      readings.count == 1
      ? "the file does" : silent == readings.count ? "the files do" : "some of the files do"
    return "\(dropped); unknown for the rest (\(who) not record all drops)"
  }
}
