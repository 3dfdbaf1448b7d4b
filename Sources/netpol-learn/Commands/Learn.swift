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
      .values(
        "--overlay-port", value: "PORT", to: \.overlayPorts,
        "a UDP port to which VXLAN or Geneve is sent, beside 4789, 8472 and 6081",
        detail: """
          What an overlay carries is recorded, and not the packets around it. A datagram to such a port that is \
          neither stays a datagram. May be given up to five times.
          """),
    ]
  }
  static var groups: [[Option<Learn>]] { [.group(\.store)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    guard !(files.contains("-") && cluster.contains("-")) else {
      throw Complaint(
        "standard input can't be both the capture and the cluster", hint: "write one of them to a file",
        exitCode: .usage)
    }
    guard let overlays = OverlayPorts(usualAnd: overlayPorts) else {
      throw Complaint(
        "\(overlayPorts.count) times `--overlay-port`, and no more than \(OverlayPorts.most) more ports are looked at",
        hint: "4789, 8472 and 6081 need not be named", exitCode: .usage)
    }
    let inventory = try ClusterFiles(cluster)
    let known = try KeptObjects(at: store.path)
    let changes = Roster(Inventory(known.objects + inventory.objects)).changes
    let taken = try captures().read(on: &terminal) {
      Recording(recorder: recorder ?? "", changes: changes, overlays: overlays)
    }
    var code = known.tell(of: store.path, on: &terminal)
    guard taken != nil || inventory.isAsked else { return code }
    var opened = try Store(at: store.path, for: .writing)
    if inventory.isAsked {
      try opened.keep(inventory.objects.lazy.map(\.stored))
      InventoryTalk.tell(inventory, keptIn: store.path, on: &terminal)
      code = code.and(InventoryTalk.exitCode(inventory, on: &terminal))
    }
    guard let taken else { return code }
    try opened.record(Batch(taken.harvest, taken.readings, recorder: taken.recorder))
    HarvestTalk.tell(taken.harvest, taken.readings, keptIn: store.path, on: &terminal)
    return code.and(HarvestTalk.exitCode(taken.readings, on: &terminal))
  }

  private func captures() throws -> CaptureFiles {
    guard let opened = try Store.existing(at: store.path) else {
      return CaptureFiles(paths: files, store: store.path, imported: [])
    }
    return CaptureFiles(
      paths: files, store: store.path, imported: Set(try opened.imports().map(\.fingerprint)))
  }
}
