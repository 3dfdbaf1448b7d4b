/// A bounded number of values, found by key or by place.
///
/// A place stays with its value until the value is removed. How keys are found is nobody else's business; Swift seeds
/// its hashes anew in each process, so nobody outside can choose keys that collide.
struct Slots<Key: Hashable, Value> {
  private var places: [Key: Int] = [:]
  private var entries: [Entry?] = []
  private var free: [Int] = []
  private let limit: Int

  private struct Entry {
    let key: Key
    var value: Value

    mutating func change(_ body: (inout Value) -> Void) { body(&value) }
  }

  init(limit: Int) {
    self.limit = limit
  }

  /// How many values there are.
  var count: Int { places.count }

  /// Whether there is no room for another value.
  var isFull: Bool { places.count >= limit }

  /// Every place that may hold a value.
  var allPlaces: Range<Int> { entries.indices }

  /// Where the value of a key is.
  func place(of key: Key) -> Int? { places[key] }

  /// The value at a place, nil when it was removed.
  func value(at place: Int) -> Value? {
    entries.indices.contains(place) ? entries[place]?.value : nil
  }

  /// Changes the value at a place; does nothing when it was removed.
  mutating func update(_ place: Int, _ change: (inout Value) -> Void) {
    guard entries.indices.contains(place) else { return }
    entries[place]?.change(change)
  }

  /// Adds a value under a key that has none; nil when there is no room.
  mutating func insert(_ value: Value, for key: Key) -> Int? {
    guard !isFull, places[key] == nil else { return nil }
    let entry = Entry(key: key, value: value)
    guard let place = free.popLast() else {
      entries.append(entry)
      places[key] = entries.count - 1
      return entries.count - 1
    }
    entries[place] = entry
    places[key] = place
    return place
  }

  /// Takes out the value at a place, and its key.
  @discardableResult
  mutating func remove(_ place: Int) -> (key: Key, value: Value)? {
    guard entries.indices.contains(place), let entry = entries[place] else { return nil }
    entries[place] = nil
    places[entry.key] = nil
    free.append(place)
    return (entry.key, entry.value)
  }
}
