public import Testing

/// A story of `samples/`: what its files are called, and whom its policies are for.
public struct Sample: Hashable, Sendable, CustomTestStringConvertible {
  /// The name of its folder.
  public let name: String
  /// The namespaces that policies are made for, in order.
  public let namespaces: [String]

  /// Every story there is.
  public static let all = [
    payments,
    Sample(name: "address-reuse", namespaces: ["batch", "reports"]),
    Sample(name: "dual-stack", namespaces: ["ads", "media"]),
    Sample(name: "nodelocal-dns", namespaces: ["kube-system", "wiki"]),
    Sample(name: "openshift-dns", namespaces: ["clinic", "openshift-dns"]),
    Sample(name: "overlay", namespaces: ["orders", "stock"]),
    Sample(name: "saas-by-name", namespaces: ["mailer"]),
    Sample(name: "scan", namespaces: ["bank", "tools"]),
  ]
  /// The first story, which shows a little of everything.
  public static let payments = Sample(name: "payments", namespaces: ["payments"])

  /// Where it lies.
  public var folder: String { "samples/\(name)" }
  /// The script that its capture is made from.
  public var story: String { "\(folder)/story.txt" }
  /// What the node's recorder wrote.
  public var capture: String { "\(folder)/node-a.pcap" }
  /// The objects of its cluster, as kubectl prints them.
  public var cluster: String { "\(folder)/cluster.json" }
  /// What should become of its traffic, edge by edge.
  public var truth: String { "\(folder)/truth.tsv" }
  /// What each command prints for it.
  public var expected: String { "\(folder)/expected" }
  /// The options that ask for its namespaces.
  public var namespaceOptions: [String] { namespaces.flatMap { ["--ns", $0] } }

  /// Its name.
  public var testDescription: String { name }

  /// Its script, acted out.
  public func script() throws -> TrafficScript { try TrafficScript(try Repository.text(story)) }
}
