extension Store {
  /// Makes one store of several, at a path where one may stand already: then that is one of them.
  ///
  /// A store that is made anew gets its name when it is whole; one that is there is changed in one transaction. Whatever
  /// goes wrong, no half of it is left; and what a merge left that was ended goes with the next.
  public static func merge(_ paths: [String], into path: String) throws(StoreError) -> [Share] {
    // Before anything is made: is each of them a store?
    for path in paths { _ = try Store(at: path, for: .reading) }
    let place = try StorePath(path)
    StoreDraft.removeLeft(of: place)
    if try place.exists() {
      var store = try Store(at: path, for: .writing)
      return try store.unite(with: paths)
    }
    let draft = try StoreDraft(of: place)
    var store = try Store(at: draft.place, for: .writing)
    let shares = try store.unite(with: paths)
    try store.close()
    try draft.settle()
    return shares
  }

  /// Folds the log into the file, which is then all there is.
  consuming func close() throws(StoreError) {
    let isBusy = try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") != 0
    guard !isBusy else { throw .busy(path: connection.path) }
  }
}
