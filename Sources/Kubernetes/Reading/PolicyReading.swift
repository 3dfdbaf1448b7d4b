public import Documents

/// The NetworkPolicies of a text.
public struct PolicyReading: Sendable {
  /// The policies, in the order they stand.
  public private(set) var policies: [NetworkPolicy] = []
  /// How many objects of other kinds there were, by kind.
  public private(set) var passedOver: [String: Int] = [:]
  /// What is no NetworkPolicy though it claims to be one.
  public private(set) var problems: [PolicyError] = []
  /// The labels that are read under another name than they seem to have, in order.
  public private(set) var renamedLabels: [RenamedLabel] = []

  /// Reads manifests; `file` is how people call them, and policies without a namespace get the default one.
  public init(_ text: [UInt8], file: String, defaultNamespace: String = "default") throws(DocumentError) {
    var documents = try DocumentStream(text, limits: .manifests)
    while let document = try documents.next() {
      // Other API groups have kinds of the same name, with other rules.
      let group = document["apiVersion"]?.string ?? "networking.k8s.io/v1"
      guard document["kind"]?.string == "NetworkPolicy", group.hasPrefix("networking.k8s.io/") else {
        passedOver[document["kind"]?.string ?? "", default: 0] += 1
        continue
      }
      do {
        policies.append(try NetworkPolicy(document, file: file, defaultNamespace: defaultNamespace))
        renamedLabels += RenamedLabel.all(in: document)
      } catch {
        problems.append(error)
      }
    }
  }
}
