import Documents
import Kubernetes
import TestSupport
import Traffic

/// A cluster and its policies as objects, read once by the module under test and once by the second evaluator.
struct World {
  /// The policies under test.
  let set: PolicySet
  /// The same policies for the second evaluator.
  let naive: NaiveEvaluator
  /// The ends that questions can be about, by `namespace/name` or address.
  private(set) var ends: [String: Ends] = [:]
  /// Their names, in the order of the objects.
  private(set) var names: [String] = []

  /// The ends as the module under test sees them, in the order of the objects.
  var parties: [Party] { names.compactMap { ends[$0]?.party } }

  /// One end, as each evaluator sees it.
  struct Ends {
    let party: Party
    let standing: Standing
    let naive: NaiveEnd
  }

  /// What objects cannot be read, or are read by one side only.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// The world of these objects and these addresses outside.
  init(_ objects: [Node], outside: [String] = []) throws {
    let policies = try objects.filter { $0["kind"]?.string == "NetworkPolicy" }.map {
      try NetworkPolicy($0, file: "world.yaml", defaultNamespace: "default")
    }
    let cluster = try objects.compactMap { try ClusterObject.read($0) }
    try self.init(policies, cluster, as: objects, outside: outside)
  }

  /// The world of objects that the module under test has read already.
  init(
    _ policies: [NetworkPolicy], _ cluster: [ClusterObject], as objects: [Node], outside: [String] = []
  ) throws {
    let inventory = Inventory(cluster)
    set = PolicySet(policies, namespaces: inventory.namespaces)
    naive = NaiveEvaluator(objects: objects)
    let read = Dictionary(
      inventory.pods.map { ("\($0.meta.namespace)/\($0.meta.name)", $0) }, uniquingKeysWith: { $1 })
    for object in objects where object["kind"]?.string == "Pod" {
      let name =
        "\(object["metadata"]?["namespace"]?.string ?? "default")/\(object["metadata"]?["name"]?.string ?? "")"
      switch (read[name]?.party, NaiveEnd(pod: object)) {
      case (nil, nil): continue
      case (let party?, let end?): add(party, end)
      default: throw Problem(description: "`\(name)` is a party to one evaluator only")
      }
    }
    for node in inventory.nodes {
      guard let address = node.addresses.first else { continue }
      var end = NaiveEnd(address: address.description)
      end.name = "node/\(node.meta.name)"
      add(.node(address), end)
    }
    for text in outside { try add(outside: text) }
  }

  private mutating func add(_ party: Party, _ end: NaiveEnd) {
    ends[end.name] = Ends(party: party, standing: set.standing(of: party), naive: end)
    names.append(end.name)
  }

  private mutating func add(outside text: String) throws {
    guard let address = Address(text) else { throw Problem(description: "`\(text)` is no address") }
    add(.address(address), NaiveEnd(address: text))
  }
}
