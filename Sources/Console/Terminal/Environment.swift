/// The environment variables that a run can see.
public struct Environment {
  private let lookup: (String) -> String?

  /// The variables given, and no others.
  public init(_ variables: [String: String]) {
    lookup = { variables[$0] }
  }

  private init(lookup: @escaping (String) -> String?) {
    self.lookup = lookup
  }

  /// The variables of this process.
  public static var process: Environment { Environment(lookup: Device.variable) }

  /// The value of a variable; nil where it is not set.
  public subscript(name: String) -> String? { lookup(name) }
}
