/// A shape laid out so that names can be looked up as they stand in a text, without making strings of them.
struct ShapeTable {
  /// A shape within the table.
  struct Index: Equatable {
    fileprivate let level: Int
    /// The shape that wants everything.
    static let all = Index(level: -1)
  }

  private struct Entry {
    let name: [UInt8]
    let text: String
    let shape: Index
  }

  private var levels: [[Entry]] = []
  /// The whole shape.
  private(set) var root = Index.all

  /// The table of a shape.
  init(_ shape: Shape) { root = add(shape) }

  private mutating func add(_ shape: Shape) -> Index {
    guard case .members(let members) = shape else { return .all }
    let level = levels.count
    levels.append([])
    let sorted = members.sorted { $0.key < $1.key }
    levels[level] = sorted.map { Entry(name: Array($0.key.utf8), text: $0.key, shape: add($0.value)) }
    return Index(level: level)
  }

  /// The wanted member whose name stands at a place in a text; nil where the shape wants none such.
  func member(of shape: Index, named bytes: [UInt8], from start: Int, to end: Int) -> (
    text: String, shape: Index
  )? {
    search: for entry in levels[shape.level] where entry.name.count == end - start {
      for offset in 0..<entry.name.count where entry.name[offset] != bytes[start + offset] { continue search }
      return (entry.text, entry.shape)
    }
    return nil
  }

  /// What the shape wants of the member with this name; nil for nothing.
  func member(of shape: Index, named name: String) -> Index? {
    guard shape != .all else { return .all }
    return levels[shape.level].first { $0.text == name }?.shape
  }
}
