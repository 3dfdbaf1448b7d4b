import Console
import FlowStore
import Kubernetes

/// Makes one store of several.
struct Merge: Command {
  var talk = Talk()
  var stores: [String] = []
  var out: String?

  static let name = "merge"
  static let summary = "several stores into one"
  static let detail = [
    """
    Brings together what was recorded on several nodes, and the inventory beside it. Of facts that two stores hold of \
    one recorder and hour, the larger count stays: a store may be named again after it has grown, and neither that nor \
    the order changes anything else.
    """,
    """
    A store that is at `--out` already is added to. It changes at once or not at all; the others are only read, \
    but one that an older netpol-learn wrote is brought up to date first, which older ones can't read. Recorders must \
    have names of their own: what two of one name saw in one hour counts as one recording.
    """,
  ]
  static var arguments: [Argument<Merge>] {
    [.many("STORE", to: \.stores, "a store to take in")]
  }
  static let examples = [
    Example("the nodes of a cluster", "netpol-learn merge --out all.db node-a.db node-b.db roster.db"),
    Example("a day later, the same", "netpol-learn merge --out all.db node-a.db node-b.db roster.db"),
  ]
  static var options: [Option<Merge>] {
    [
      .value("--out", value: "FILE", to: \.out, "the store that is made, or added to", required: true)
    ]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    do {
      return try merge(into: out ?? "", on: &terminal)
    } catch let error as StoreError {
      throw error.complaint(hint: error.hint(naming: error.path == out ? "--out FILE" : nil))
    }
  }

  private func merge(into out: String, on terminal: inout Terminal) throws -> ExitCode {
    let wasThere = try Store.existing(at: out) != nil
    try ClusterIdentity.requireOne(of: [out] + stores)
    var code = ExitCode.done
    for share in try Store.merge(stores, into: out) {
      terminal.say(
        "read",
        "\(share.path)  \(share.facts.counted("fact")), \(share.names.counted("DNS name")), "
          + share.objects.counted("object"))
      code = code.and(StoreTalk.exitCode(share.refusals, of: share.path, on: &terminal))
    }
    let store = try Store(at: out, for: .reading)
    var facts = 0
    try store.walkFacts { facts += $0.count }
    terminal.say("\(wasThere ? "added" : "made")", "\(out)  \(facts.counted("fact"))")
    return code
  }
}
