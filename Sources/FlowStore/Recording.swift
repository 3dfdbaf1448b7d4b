extension Store {
  /// Adds a batch: all of it and for good when this returns, none of it when it throws.
  ///
  /// Conversations and counts of a row that is there already are added up, its times merged. What only tells of loss is
  /// saved with the room that is kept for a full disk.
  public mutating func record(_ batch: Batch) throws(StoreError) {
    do throws(StoreError) {
      try save(batch)
    } catch .full where batch.tellsOnlyOfLoss && keepsRoom {
      ballast?.unload()
      try save(batch)
    }
    if !keepsRoom { ballast?.load() }
  }

  private mutating func save(_ batch: Batch) throws(StoreError) {
    try begin()
    do throws(StoreError) {
      try writer?.add(batch)
      try connection.execute("COMMIT")
    } catch {
      undo()
      throw error
    }
  }

  /// Keeps objects of the cluster: of each look of one the newest version's body and end, and the earliest beginning
  /// told; and the lists that told them, where these show more than their objects.
  public mutating func keep(
    _ objects: some Sequence<StoredObject>, lists: [StoredList] = []
  ) throws(StoreError) {
    try begin()
    do throws(StoreError) {
      try writer?.keep(objects, lists)
      try connection.execute("COMMIT")
    } catch {
      undo()
      throw error
    }
  }

  /// Begins to write, where this store was opened for that.
  func begin() throws(StoreError) {
    guard writer != nil else { throw .readingOnly(path: connection.path) }
    // IMMEDIATE: to wait for the lock at the start is the only place where waiting can't end in a dead end.
    try connection.execute("BEGIN IMMEDIATE")
  }

  /// Makes what was begun never have been.
  mutating func undo() {
    connection.rollBack()
    writer?.forget()
  }
}
