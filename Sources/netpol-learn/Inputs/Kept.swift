import Console
import FlowStore
import Generator
import Kubernetes
import Traffic

/// What a command works from: the facts of a store, and the inventory kept there or named for this run.
struct Kept {
  let facts: KeptFacts
  let inventory: Inventory
  /// The capture files that were learned from, by name.
  let files: [ImportedFile]
  /// How the run ends at least: with `input` where something could not be read.
  let exitCode: ExitCode
  /// Whether only a part of the time was asked for, and nothing was seen in it.
  let isEmptyTime: Bool
  /// How many objects, or files that may hold some, are missing in the inventory.
  let unreadObjects: Int

  /// Reads a store for a run.
  init(_ options: SourceOptions, on terminal: inout Terminal) throws {
    let files = try ClusterFiles(options.cluster)
    var code = files.isAsked ? InventoryTalk.exitCode(files, on: &terminal) : .done
    let path = options.store.path
    let store = try Store(at: path, for: .reading)
    StoreTalk.tellOpening(store.wasLeftOpen, of: path, on: &terminal)
    let kept = try KeptObjects(in: store)
    code = code.and(kept.tell(of: path, on: &terminal))
    try files.requireCluster(of: kept.objects, keptIn: path)
    inventory = files.inventory(beside: kept)
    unreadObjects = kept.damaged.count + kept.refusedRows + files.troubles.count - files.unreadPolicies
    var all = KeptFacts(
      conversations: try store.conversations(), names: try store.dnsFacts(), losses: try store.losses(),
      gaps: try store.gaps(),
      passed: Dictionary(try store.passed().map { ($0.reason, $0.count) }, uniquingKeysWith: &+))
    // To look for them is to go through all rows.
    if all.passed[.spoofedSource] != nil { all.spoofed = try store.spoofed() }
    self.files = try store.imports()
    // What is known of names and loss stays.
    var last = Instant.distantPast
    if options.isCountedBack {
      let hours = all.conversations.lastHours
      last = all.conversations.last(in: hours) ?? last
      StoreTalk.tellAlone(hours, in: path, on: &terminal)
    }
    let window = (
      from: options.since?.instant(before: last) ?? .distantPast,
      until: options.until?.instant(before: last) ?? .distantFuture
    )
    all.conversations = all.conversations.within(window.from, window.until)
    all.window = min(window.from, window.until)...window.until
    all.spoofed.removeAll { $0.activity.last < window.from || window.until < $0.activity.first }
    facts = all
    isEmptyTime = (options.since != nil || options.until != nil) && all.conversations.count == 0
    code = code.and(StoreTalk.exitCode(store.refusals, of: path, on: &terminal))
    exitCode = code
  }

  /// Refuses to go on where the inventory is known only in part.
  ///
  /// A pod that is missing in it would be nobody to the policies, and what it needs would be cut.
  func requireWholeInventory() throws(Complaint) {
    guard unreadObjects > 0 else { return }
    throw Complaint(
      "\(unreadObjects.counted("part")) of the inventory could not be read, and what \(unreadObjects == 1 ? "it needs" : "they need") would be cut",
      hint: "load the inventory anew with `netpol-learn cluster --cluster SOURCE`", exitCode: .refused)
  }
}
