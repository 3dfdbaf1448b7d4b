import FlowStore

/// What is said about a store itself.
enum StoreTalk {
  /// The rows that were refused, a line each for the first of a table, and how many more there are.
  static func lines(_ refusals: [RefusedRows]) -> [String] {
    refusals.flatMap { refused in
      let more = refused.count - refused.keys.count
      return refused.keys.map { "\(refused.table): \($0)" }
        + (more > 0 ? ["\(refused.table): \(more) more"] : [])
    }
  }
}
