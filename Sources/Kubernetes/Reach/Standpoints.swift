/// For one direction, classes that the same rules decide about: they stand at one point and share a row.
///
/// The same rules mean the same only for subjects that show addresses of the same families to blocks, and, for what
/// reaches them, that give the same numbers to named ports.
struct Standpoints {
  /// What makes two classes' rows equal.
  struct Key: Hashable {
    var policies: [UInt32]
    var families = 0
    var naming = 0
  }

  /// The number of the one where no policy isolates, and everything is open.
  static let open = 0

  /// All different ones, by their number.
  private(set) var keys = [Key(policies: [])]
  /// The one of each class.
  private(set) var ofClass: [Int]
  private var numbers = [Key(policies: []): open]

  init(classCount: Int) { ofClass = Array(repeating: Self.open, count: classCount) }

  /// How many different ones there are.
  var count: Int { keys.count }

  /// Puts a class where the policies of a key isolate it.
  mutating func put(_ place: Int, at key: Key) {
    if let known = numbers[key] {
      ofClass[place] = known
      return
    }
    numbers[key] = keys.count
    ofClass[place] = keys.count
    keys.append(key)
  }

  /// Follows the classes into another order.
  mutating func renumber(_ places: [Int]) {
    ofClass = places.map { ofClass[$0] }
  }
}
