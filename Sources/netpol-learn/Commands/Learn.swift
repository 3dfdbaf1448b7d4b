import Capture
import Console
import FlowStore
import Kubernetes
import Traffic

/// Records traffic into a store.
struct Learn: Command {
  var talk = Talk()
  var store = StoreOptions()
  var files: [String] = []
  var cluster: [String] = []
  var recorder: String?
  var overlayPorts: [UInt16] = []
  var keep: TimeSpan?

  static let name = "learn"
  static let summary = "record traffic from capture files into the store"
  static let detail = [
    """
    Reads packets and keeps who talked to whom, how far it came, when, and which names stood for which addresses: \
    nothing of what was said. Several files are one recording, in the order of time. A file that is in the store \
    already is skipped.
    """,
    """
    With `--cluster` the inventory is loaded first, so that what an address did before and after it changed hands \
    is kept apart.
    """,
  ]
  static let examples = [
    Example(
      "a capture and the cluster it was taken on", "netpol-learn learn -r node-a.pcap --cluster cluster.json"),
    Example("from a pipe", "tcpdump -i any -w - | netpol-learn learn -r -"),
  ]
  static var options: [Option<Learn>] {
    [
      .values(
        "-r", "--read", value: "FILE", to: \.files,
        "a capture file, or `-` for standard input; may be given several times", required: true),
      .values(
        "--cluster", value: "SOURCE", to: \.cluster, "cluster objects to keep in the store",
        detail: """
          A JSON or YAML file as `kubectl get … -o json` prints it, the events of a watch, a table of addresses in \
          CSV, a folder of such files, or `-` for standard input. May be given several times.
          """),
      .value(
        "--recorder", value: "NAME", to: \.recorder, "who recorded: a node, or the run over these files",
        otherwise: "made from the files"),
      .values(
        "--overlay-port", value: "PORT", to: \.overlayPorts,
        "a UDP port to which VXLAN or Geneve is sent, beside 4789, 8472 and 6081",
        detail: """
          What an overlay carries is recorded, and not the packets around it. A datagram to such a port that is \
          neither stays a datagram. May be given up to five times.
          """),
      .value(
        "--keep", value: "DURATION", to: \.keep, "forget what was not seen for longer, such as 30d",
        detail: """
          Counted back from the hour in which the last conversation in the store began, in whole hours. A conversation \
          that began earlier stays if it was seen since. Objects of the cluster stay, and so does the list of imported \
          files.
          """, otherwise: "everything is kept"),
    ]
  }
  static var groups: [[Option<Learn>]] { [.group(\.store)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    guard let overlays = OverlayPorts(usualAnd: overlayPorts) else {
      throw Complaint(
        "\(overlayPorts.count) times `--overlay-port`, and no more than \(OverlayPorts.most) more ports are looked at",
        hint: "4789, 8472 and 6081 need not be named", exitCode: .usage)
    }
    let inventory = try ClusterFiles(cluster)
    let known = try KeptObjects(at: store.path)
    try inventory.requireCluster(of: known.objects, keptIn: store.path)
    let changes = Roster(inventory.inventory(beside: known)).changes
    let ended = inventory.ended(beside: known)
    var captures = try captures()
    let (name, ports) = (recorder ?? "", overlays)
    let taken = try captures.read(on: &terminal) {
      Recording(recorder: name, changes: changes, overlays: ports)
    }
    if let taken {
      let learned = try Store.existing(at: store.path)?.imports() ?? []
      try GrownFiles.refuse(taken.readings, of: taken.recorder, beside: learned, keptIn: store.path)
    }
    var code = known.tell(of: store.path, on: &terminal).and(captures.exitCode)
    guard taken != nil || inventory.isAsked || keep != nil else { return code }
    var isAgain = false
    let saved = try saving(taken).run(on: &terminal) { () throws(StoreError) in
      defer { isAgain = true }
      return try save(taken, inventory, isAgain: isAgain)
    }
    StoreTalk.tellOpening(saved.wasLeftOpen, of: store.path, on: &terminal)
    if inventory.isAsked {
      InventoryTalk.tell(inventory, beside: known, ended: ended, keptIn: store.path, on: &terminal)
      code = code.and(InventoryTalk.exitCode(inventory, on: &terminal))
    }
    if let taken {
      HarvestTalk.tell(taken.harvest, taken.readings, keptIn: store.path, on: &terminal)
      code = code.and(HarvestTalk.exitCode(taken.harvest, taken.readings, on: &terminal))
    }
    if let hours = saved.hours { StoreTalk.tellAlone(hours, in: store.path, on: &terminal) }
    if let forgotten = saved.forgotten {
      terminal.say(
        "forgot",
        "\(forgotten.facts.counted("fact")) and \(forgotten.names.counted("DNS name")) "
          + "of before \(saved.start)")
    }
    return code
  }

  private func saving(_ taken: CaptureFiles.Taken?) -> Saving {
    Saving(
      load: taken.map { $0.harvest.facts.count.counted("fact") } ?? "the inventory", path: store.path,
      patience: taken?.isRepeatable == false ? nil : Saving.patienceWithFiles)
  }

  /// What came of saving.
  private struct Saved {
    let wasLeftOpen: Bool
    /// From what ages were counted back; nil where nothing is too old.
    let hours: LastHours?
    /// What was forgotten for its age, and what is still there.
    let forgotten: Forgotten?
    let start: Instant
  }

  /// Saves everything; to do it again after a failure does no harm.
  private func save(
    _ taken: CaptureFiles.Taken?, _ inventory: ClusterFiles, isAgain: Bool
  ) throws(StoreError) -> Saved {
    var opened = try Store(at: store.path, for: .writing)
    if inventory.isAsked {
      try opened.keep(inventory.parts.joined().lazy.flatMap(\.stored), lists: inventory.lists.map(\.stored))
    }
    if let taken {
      do throws(StoreError) {
        try opened.record(Batch(taken.harvest, taken.readings, recorder: taken.recorder))
      } catch .alreadyImported where isAgain {
        // The commit was answered with an error, and is on the disk all the same.
      }
    }
    var start = Instant.distantPast
    var forgotten: Forgotten?
    let hours = keep == nil ? nil : LastHours(try opened.latestHours(LastHours.enough))
    if let keep, let last = hours?.last {
      // The hour in which the stretch begins is kept whole.
      let hour = Instant(seconds: last.multipliedReportingOverflow(by: 3600).partialValue)
        .advanced(bySeconds: -keep.seconds).hour
      start = Instant(seconds: hour * 3600)
      forgotten = try opened.forget(before: hour)
      if forgotten?.facts == 0, forgotten?.names == 0 { forgotten = nil }
    }
    return Saved(wasLeftOpen: opened.wasLeftOpen, hours: hours, forgotten: forgotten, start: start)
  }

  private func captures() throws -> CaptureFiles {
    guard let opened = try Store.existing(at: store.path) else {
      return CaptureFiles(paths: files, store: store.path, imported: [])
    }
    return CaptureFiles(
      paths: files, store: store.path, imported: Set(try opened.imports().map(\.fingerprint)))
  }
}
