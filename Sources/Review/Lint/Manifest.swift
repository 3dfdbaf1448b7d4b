public import Documents
import Kubernetes

/// One object as somebody wrote it: the document, and the file it stands in.
public struct Manifest: Hashable, Sendable {
  /// The file, as its reader named it.
  public let file: String
  /// The document.
  public let node: Node

  /// A document of a file.
  public init(file: String, _ node: Node) {
    self.file = file
    self.node = node
  }
}

// What it can tell.
extension Manifest {
  /// Its kind; empty where it says none.
  var kind: String { node["kind"]?.string ?? "" }

  /// The group of its API; empty for the core group.
  var group: String {
    let version = node["apiVersion"]?.string ?? ""
    return version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
  }

  /// Its name; empty where it says none.
  var name: String { node[["metadata", "name"]]?.string ?? "" }

  /// Its namespace; nil where it says none.
  var namespace: String? {
    let namespace = node[["metadata", "namespace"]]?.string ?? ""
    return namespace.isEmpty ? nil : namespace
  }

  /// Its own annotations.
  var annotations: [Node.Member] { node[["metadata", "annotations"]]?.mapping ?? [] }

  /// The place of what a path leads to, or of the nearest thing on the way that has one.
  func place(_ path: Step...) -> Origin { place(path) }

  /// The place of what a path leads to, or of the nearest thing on the way that has one.
  func place(_ path: [Step]) -> Origin {
    var line = node.position?.line
    var here = node
    for step in path {
      switch step {
      case .member(let name):
        guard let member = here.mapping?.first(where: { $0.key == name }) else {
          return Origin(file: file, line: line)
        }
        // A name stands on the line that people look for, also where its value begins on the next.
        line = member.position?.line ?? line
        here = member.value
      case .element(let index):
        guard let elements = here.sequence, elements.indices.contains(index) else {
          return Origin(file: file, line: line)
        }
        line = elements[index].position?.line ?? line
        here = elements[index]
      }
    }
    return Origin(file: file, line: line)
  }

  /// What a path leads to; nil where something on the way is not there.
  func node(at path: [Step]) -> Node? {
    path.reduce(Optional(node)) { here, step in
      switch step {
      case .member(let name): return here?[name]
      case .element(let index):
        guard let elements = here?.sequence, elements.indices.contains(index) else { return nil }
        return elements[index]
      }
    }
  }

  /// A step of a path into a document.
  enum Step: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// To the member with this name.
    case member(String)
    /// To the element at this place, counted from 0.
    case element(Int)

    init(stringLiteral name: String) { self = .member(name) }
    init(integerLiteral index: Int) { self = .element(index) }
  }
}
