public import Documents
import Kubernetes

/// Which documents were written here, and may be replaced.
public enum OwnDocument {
  /// The kinds that policies are written as.
  static let policyKinds = Set(Dialect.allCases.map(\.kind))
  /// The label that every policy of ours has, and its value.
  static let mark = (key: "app.kubernetes.io/managed-by", value: "netpol-learn")

  /// Whether it is a policy of ours.
  static func isPolicy(_ document: Node) -> Bool {
    document["kind"]?.string.map(policyKinds.contains) ?? false
      && document["metadata"]?["labels"]?[mark.key]?.string == mark.value
  }

  /// Whether a file with these documents holds nothing but our policies, or is the list of them as it is written here.
  public static func areOurs(_ documents: [Node], inFile path: String) -> Bool {
    path.split(separator: "/").last == "kustomization.yaml"
      ? documents.allSatisfy(isList) : documents.allSatisfy(isPolicy)
  }

  /// Whether it is our list of policies for Kustomize, to which nobody added what would be lost.
  static func isList(_ document: Node) -> Bool {
    let known = ["apiVersion", "kind", "resources", "sortOptions"]
    guard document["kind"]?.string == "Kustomization",
      document.mapping?.allSatisfy({ known.contains($0.key) }) == true
    else { return false }
    return (document["resources"]?.sequence ?? []).allSatisfy { resource in
      guard let name = resource.string else { return false }
      return name.hasPrefix("networkpolicy-") && name.hasSuffix(".yaml")
    }
  }
}
