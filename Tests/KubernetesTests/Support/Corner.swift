import Documents
import Kubernetes
import TestSupport
import Testing
import Traffic

/// A file of manifests whose first comment asks questions and says what the answers must be.
///
///     # The title
///     # rows: 3, 5
///     # ask: shop/client to shop/api 80/TCP yes
///     # ask: shop/client to shop/api 80/TCP over IPv6 no (words of a note)
///     # refused: shop/t: spec.policyTypes: what is wrong
///     # gone: shop/done
struct Corner: CustomTestStringConvertible, Sendable {
  /// The file's name.
  let name: String
  /// The rows of the checklist that it is about.
  private(set) var rows: Set<Int> = []
  private(set) var asks: [Ask] = []
  /// The policies that are refused, each with one thing that is wrong with it.
  private(set) var refused: [String] = []
  /// The pods that are no party.
  private(set) var gone: [String] = []
  let bytes: [UInt8]

  var testDescription: String { name }

  /// A question and the answer that is right.
  struct Ask: Sendable {
    let source: String
    let destination: String
    let port: UInt16
    let transport: Transport
    let family: Family?
    let isAllowed: Bool
    /// Words that some note must have; nil where there must be no note.
    let note: String?
    let text: String
  }

  /// What cannot be read.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  static let folder = "Tests/KubernetesTests/Corners"

  init(_ name: String) throws {
    self.name = name
    bytes = try Repository.read("\(Self.folder)/\(name)")
    let text = String(decoding: bytes, as: UTF8.self)
    for line in text.split(separator: "\n").prefix(while: { $0.hasPrefix("#") }).dropFirst() {
      let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
      guard let key = parts.first, let value = parts.last?.drop(while: { $0 == " " }) else { continue }
      switch key {
      case "rows": rows = Set(value.split(separator: ",").compactMap { Int($0.filter(\.isNumber)) })
      case "ask":
        guard let ask = Ask(value) else { throw Problem(description: "`\(name)` asks `\(value)`") }
        asks.append(ask)
      case "refused": refused.append(String(value))
      case "gone": gone.append(String(value))
      default: throw Problem(description: "`\(name)` says `\(line)`")
      }
    }
  }

  /// The world of the manifests, the refused policies left out; and these as one line each.
  func world() throws -> (world: World, refused: [String]) {
    let reading = try PolicyReading(bytes, file: name)
    let cluster = try ClusterReading(bytes)
    let broken = cluster.problems.filter { if case .policy = $0 { false } else { true } }
    guard broken.isEmpty else { throw Problem(description: "\(name): \(broken)") }
    let bad = Set(reading.problems.map(\.policy))
    let objects = try Document.read(bytes).filter { object in
      let metadata = object["metadata"]
      let path = "\(metadata?["namespace"]?.string ?? "default")/\(metadata?["name"]?.string ?? "")"
      return object["kind"]?.string != "NetworkPolicy" || !bad.contains(path)
    }
    let outside = Set(asks.flatMap { [$0.source, $0.destination] }.filter { Address($0) != nil }).sorted()
    let world = try World(reading.policies, cluster.objects, as: objects, outside: outside)
    let refused = reading.problems.flatMap { problem in
      problem.causes.map { "\(problem.policy): \($0)" }
    }
    return (world, refused)
  }
}

extension Corner.Ask {
  /// The question and answer of a text such as `a/b to c/d 80/TCP over IPv6 no (a note)`.
  fileprivate init?(_ text: Substring) {
    var words = text.prefix { $0 != "(" }.split(separator: " ")
    guard words.count >= 5, words[1] == "to", let answer = words.popLast() else { return nil }
    let port = words[3].split(separator: "/")
    guard port.count == 2, let number = UInt16(port[0]), let transport = Transport(name: port[1]),
      answer == "yes" || answer == "no"
    else { return nil }
    let family = words.count == 6 ? Family.allCases.first { "\($0)" == words[5] } : nil
    guard words.count == 4 || (family != nil && words[4] == "over") else { return nil }
    let note = text.drop { $0 != "(" }.dropFirst().dropLast()
    self.init(
      source: String(words[0]), destination: String(words[2]), port: number, transport: transport,
      family: family, isAllowed: answer == "yes", note: note.isEmpty ? nil : String(note), text: String(text))
  }
}
