import Documents

/// A field under reading: its node and the path that complaints call it by.
struct PolicyField {
  let node: Node
  private let place: Place

  init(node: Node, path: String) { self.init(node, .called(path)) }

  private init(_ node: Node, _ place: Place) { (self.node, self.place) = (node, place) }

  /// Where it is; put in words only where there is something to complain of.
  private indirect enum Place {
    case called(String)
    case member(String, of: Place)
    case element(Int, of: Place)

    var path: String {
      switch self {
      case .called(let path): path
      case .member(let name, let place): place.path.isEmpty ? name : "\(place.path).\(name)"
      case .element(let number, let place): "\(place.path)[\(number)]"
      }
    }
  }

  /// What complaints call it.
  var path: String { place.path }

  /// A member of this field; nil where it is absent or null, which the API treats alike.
  subscript(_ name: String) -> PolicyField? {
    guard let member = node[name], !member.isNull else { return nil }
    return self.member(name, node: member)
  }

  /// A member, whatever it holds.
  func member(_ name: String, node: Node) -> PolicyField { PolicyField(node, .member(name, of: place)) }

  /// One of its elements.
  func element(_ number: Int, node: Node) -> PolicyField { PolicyField(node, .element(number, of: place)) }

  /// The path of a member.
  func child(_ name: String) -> String { Place.member(name, of: place).path }
}
