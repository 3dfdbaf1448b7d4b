import Kubernetes
import Support

/// Namespaces of teams, and those that every cluster has.
struct NamespaceMaking {
  /// The teams' namespaces.
  private(set) var teams: [String] = []
  /// The labels of all.
  private(set) var labels: [String: Labels] = [:]

  static let system = "kube-system"
  static let monitoring = "monitoring"
  static let ingress = "ingress"
  static let environments = ["prod", "staging", "dev"]

  init(count: Int, _ random: inout SeededRandom) {
    for name in [Self.system, Self.monitoring, Self.ingress] {
      add(name, ["env": "prod", "team": "platform"])
    }
    for index in 0..<max(1, count - labels.count) {
      // A team has a namespace for each environment.
      let team = "team\(index / Self.environments.count)"
      let environment = Self.environments[index % Self.environments.count]
      let name = "\(team)-\(environment)"
      add(name, ["env": environment, "team": team, "tier": Bool.random(using: &random) ? "gold" : "silver"])
      teams.append(name)
    }
  }

  private mutating func add(_ name: String, _ given: Labels) {
    // The API server sets it; manifests that show it are read alike by those who don't know that.
    labels[name] = given.merging([LabelSelector.namespaceNameLabel: name]) { given, _ in given }
  }
}
