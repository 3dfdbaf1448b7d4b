/// Options that belong together, and the values they get; a command is one, and can hold others.
public protocol OptionGroup: SendableMetatype {
  /// What holds before anything is typed: the stored values are the defaults.
  init()

  /// The heading the rows stand under.
  static var section: String { get }

  /// Its own rows, in the order of the help.
  static var options: [Option<Self>] { get }

  /// The rows of groups it holds, each as `.group(\.place)`.
  static var groups: [[Option<Self>]] { get }
}

extension OptionGroup {
  /// None.
  public static var groups: [[Option<Self>]] { [] }
}

extension OptionGroup {
  /// The options that hold something else than before anything is typed, by the names that errors use.
  public var changedOptions: [String] {
    let initial = Self()
    let all = Self.options + Self.groups.joined()
    return all.filter { $0.initial(self) != $0.initial(initial) }.map(\.row.title)
  }
}

extension Array {
  /// The options of a group that `Root` holds.
  public static func group<Root, Group: OptionGroup>(_ path: WritableKeyPath<Root, Group>) -> [Option<Root>]
  where Element == Option<Root> {
    (Group.options + Group.groups.joined()).map { $0.lifted(through: path, section: Group.section) }
  }
}
