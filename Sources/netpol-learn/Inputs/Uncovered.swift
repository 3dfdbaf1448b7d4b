import Console
import Review

extension UncoveredPolicies {
  /// Says what stays in a folder though a run for all namespaces didn't look at it.
  func tell(in path: String, on terminal: inout Terminal) {
    guard !namespaces.isEmpty else { return }
    let count = namespaces.reduce(0) { $0 + $1.count }
    terminal.warn(
      "\(count.counted("policy", "policies")) in `\(path)` \(count == 1 ? "is" : "are") of \(namespaces.count.counted("namespace")) that `-A` doesn't cover, and \(count == 1 ? "stays" : "stay") in force as \(count == 1 ? "it is" : "they are")",
      detail: namespaces.map { name, count, folder in
        "\(name): \(count.counted("policy", "policies")) in `\(PolicyFolder.path(folder, in: path))`"
      },
      hint:
        "`-A` takes namespaces of which something was seen; name others of the cluster, such as `kube-system`, with `--ns`; where one is gone remove its files, and its policies from the cluster"
    )
  }
}
