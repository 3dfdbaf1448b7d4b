import Console
import Generator

/// Which namespaces a command is about.
struct NamespaceOptions: OptionGroup {
  var names: [String] = []
  var isEvery = false

  static let section = "common options"
  static var options: [Option<NamespaceOptions>] {
    [
      .values(
        "-n", "--ns", "--namespace", value: "NAME", to: \.names,
        "only this namespace; may be given several times"),
      .flag("-A", "--all-namespaces", to: \.isEvery, "every namespace"),
    ]
  }

  /// The namespaces that are meant; none stand for all.
  ///
  /// A name that neither the inventory nor any fact knows is a mistake, and so is no name where one is needed.
  func chosen(among known: [String], isNeeded: Bool) throws(Complaint) -> Set<String> {
    let listed = known.isEmpty ? "none is known" : known.joined(separator: ", ")
    if let stranger = names.first(where: { !known.contains($0) }) {
      throw Complaint(
        "nobody has a namespace `\(stranger)`",
        hint: known.isEmpty
          ? "no namespace is known; load the cluster's objects with `\(Advice.loadInventory)`"
          : "known are \(listed)",
        exitCode: .usage)
    }
    if isEvery { return [] }
    if names.isEmpty && isNeeded {
      throw Complaint(
        "which namespace?", hint: "say `--ns NAME` or `-A`; known are \(listed)", exitCode: .usage)
    }
    return Set(names)
  }

  /// Namespaces that the cluster itself lives in; `-A` leaves them alone unless they are named.
  static let infrastructure: Set<String> = [
    "kube-system", "kube-public", "kube-node-lease", "calico-system", "calico-apiserver", "tigera-operator",
    "cilium", "kube-flannel", "kube-router", "openshift-dns", "openshift-ovn-kubernetes", "openshift-sdn",
  ]
}
