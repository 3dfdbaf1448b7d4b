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
          A JSON or YAML file as `kubectl get … -o json` prints it, a folder of such files, or `-` for standard \
          input. May be given several times.
          """),
      .value(
        "--recorder", value: "NAME", to: \.recorder, "who recorded: a node, or the run over these files",
        otherwise: "made from the files"),
    ]
  }
  static var groups: [[Option<Learn>]] { [.group(\.store)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let inventory = try ClusterFiles(cluster)
    let fresh = try files(notIn: store.path, on: &terminal)
    let known = try knownObjects()
    let changes = Roster(Inventory(known + inventory.objects)).changes
    var recording = Recording(recorder: recorder ?? "", changes: changes)
    var readings: [CaptureReading] = []
    if !fresh.isEmpty {
      var run = try CaptureRun(paths: fresh)
      let size = run.size
      readings = try run.read(into: &recording) { done in
        terminal.progress(
          "reading \((done >> 20).grouped) MiB\(size.map { " of \(($0 >> 20).grouped)" } ?? "")")
      }
    }
    let name = recording.recorder
    let harvest = recording.finish()
    var opened = try Store(at: store.path, for: .writing)
    var code = ExitCode.done
    if !inventory.sources.isEmpty {
      try opened.keep(inventory.objects.map(\.stored))
      InventoryTalk.tell(inventory, keptIn: store.path, on: &terminal)
      code = InventoryTalk.exitCode(inventory, on: &terminal)
    }
    guard !readings.isEmpty else { return code }
    try opened.record(Batch(harvest, readings, recorder: name))
    HarvestTalk.tell(harvest, readings, keptIn: store.path, on: &terminal)
    return code.and(HarvestTalk.exitCode(readings, on: &terminal))
  }

  /// The files that are not in the store yet; the others are named.
  private func files(notIn path: String, on terminal: inout Terminal) throws -> [String] {
    let fingerprints = try CaptureRun(paths: files).fingerprints()
    guard let opened = try existing() else { return files }
    return try zip(files, fingerprints).filter { file, fingerprint in
      guard let fingerprint, try opened.hasImported(fingerprint.description) else { return true }
      terminal.say("skipped", "\(file), which is in \(path) already")
      return false
    }.map(\.0)
  }

  private func knownObjects() throws -> [ClusterObject] {
    guard let opened = try existing() else { return [] }
    return try opened.objects().compactMap(\.object)
  }

  /// The store as it is; nil where there is none yet.
  private func existing() throws(StoreError) -> Store? {
    do {
      return try Store(at: store.path, for: .reading)
    } catch .missing {
      return nil
    }
  }
}
