import Console
import FlowStore
import Support
import Traffic

/// What it costs to write rows to a new store, and how much room they take.
enum StoreRows: Benchmark {
  static let name = "store"
  static let summary = "a day of a cluster into a new store, a flush an hour, beside SQLite in C"
  static let sizes = [StoreWork.size]
  static let tinySize = StoreWork.tinySize

  private static let (bare, ours) = ("upserts in C", "Store.record")

  static func words(for size: Int) -> String { StoreWork.words(for: size) }

  static func make(_ size: Int, in folder: String) throws -> String {
    let world = StoreWorld(rows: size)
    var rows = NumberedRows()
    for hour in world.hours { rows.add(hour.first) }
    try FileBytes.write(rows.bytes, to: "\(folder)/numbers")
    let path = "\(folder)/made.db"
    var store = try StoreWork.newStore(at: path)
    _ = try StoreWork.record(world.hours.map(\.first), in: &store)
    return StoreAnswer(world.whole.first).text + (try room(of: store, at: path, size))
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    let words = ["new", "\(folder)/numbers", "\(folder)/numbers.db"]
    return [Side(bare, .rough(try StoreWork.reference(words, in: folder))), Side(ours, .here)]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] {
    side == ours ? [.cpu(Double(size) / 450_000)] : []
  }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let path = "\(folder)/written.db"
    var store = try StoreWork.newStore(at: path)
    let seconds = try StoreWork.record(StoreWorld(rows: size).hours.map(\.first), in: &store)
    let peak = Usage.own.peakKiB
    let found = StoreAnswer(try store.facts()).text
    return Outcome(answer: found + (try room(of: store, at: path, size)), cpu: seconds, peakKiB: peak)
  }

  /// What a row takes on the disk when the store is closed, all that stands beside rows included.
  private static func room(of store: consuming Store, at path: String, _ size: Int) throws -> String {
    _ = consume store
    let each = Double(try FileBytes.read(path).count) / Double(size)
    return ", \(decimals(each, 1)) bytes a row, \(each > 50 ? "missed" : "clears"): at most 50"
  }
}

/// What it costs to add to rows that a store has.
enum StoreGrowth: Benchmark {
  static let name = "store-add"
  static let summary = "as many rows again into a store that has these keys, beside SQLite in C"
  static let sizes = [StoreWork.size]
  static let tinySize = StoreWork.tinySize

  private static let (bare, ours) = ("upserts in C", "Store.record")

  static func words(for size: Int) -> String { StoreWork.words(for: size) }

  static func make(_ size: Int, in folder: String) throws -> String {
    let world = StoreWorld(rows: size)
    var rows = NumberedRows()
    for hour in world.hours { rows.add(hour.first) }
    for hour in world.hours { rows.add(hour.again) }
    try FileBytes.write(rows.bytes, to: "\(folder)/numbers")
    return StoreAnswer(world.whole.both).text
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    let words = ["known", "\(folder)/numbers", "\(folder)/numbers.db"]
    return [Side(bare, .rough(try StoreWork.reference(words, in: folder))), Side(ours, .here)]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] {
    side == ours ? [.cpu(Double(size) / 300_000)] : []
  }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let world = StoreWorld(rows: size)
    var store = try StoreWork.newStore(at: "\(folder)/written.db")
    _ = try StoreWork.record(world.hours.map(\.first), in: &store)
    let seconds = try StoreWork.record(world.hours.map(\.again), in: &store)
    let peak = Usage.own.peakKiB
    return Outcome(answer: StoreAnswer(try store.facts()).text, cpu: seconds, peakKiB: peak)
  }
}
