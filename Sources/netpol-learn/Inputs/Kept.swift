import Console
import FlowStore
import Generator
import Kubernetes
import Traffic

/// What a command works from: the facts of a store, and the inventory kept there or named for this run.
struct Kept {
  let facts: Facts
  let inventory: Inventory

  /// Reads a store for a run.
  init(_ options: SourceOptions, on terminal: inout Terminal) throws {
    let files = try ClusterFiles(options.cluster)
    for trouble in files.troubles { terminal.warn(trouble.message) }
    let store = try Store(at: options.store.path, for: .reading)
    let objects = try Self.objects(of: store, options.store.path, on: &terminal) + files.objects
    inventory = Inventory(objects)
    let all = Facts(
      conversations: try store.facts(), names: try store.dnsFacts(), losses: try store.losses(),
      gaps: try store.gaps(),
      passed: Dictionary(try store.passed().map { ($0.reason, $0.count) }, uniquingKeysWith: &+))
    let last = all.conversations.map(\.activity.last).max() ?? .distantPast
    facts = all.within(
      options.since?.instant(before: last) ?? .distantPast,
      options.until?.instant(before: last) ?? .distantFuture)
    if store.refusedRows > 0 {
      terminal.warn(
        "\(store.refusedRows.counted("row")) of `\(options.store.path)` make no sense and were left out",
        hint: "something else wrote into the store")
    }
  }

  private static func objects(
    of store: borrowing Store, _ path: String, on terminal: inout Terminal
  ) throws -> [ClusterObject] {
    try store.objects().compactMap { stored in
      guard let object = stored.object else {
        terminal.warn(
          "`\(stored.kind) \(stored.namespace)/\(stored.name)` in `\(path)` is damaged and was left out")
        return nil
      }
      return object
    }
  }
}

extension Facts {
  /// The conversations that have anything to do with a stretch of time; what is known of names and loss stays.
  func within(_ from: Instant, _ until: Instant) -> Facts {
    var chosen = self
    chosen.conversations = conversations.filter { from <= $0.activity.last && $0.activity.first <= until }
    return chosen
  }
}
