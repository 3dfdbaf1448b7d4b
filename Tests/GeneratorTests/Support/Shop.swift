import Kubernetes
import Testing
import Traffic

@testable import Generator

/// A front, an API and a database, as many tests need them.
enum Shop {
  static let web = "10.244.0.10"
  static let api = "10.244.0.11"
  static let db = "10.244.0.12"

  static func town() -> Town {
    var town = Town()
    town.dns()
    town.deployment("web", "frontend", at: [web])
    town.deployment("payments", "api", at: [api], ports: [ContainerPort(name: "http", number: 8080)])
    town.deployment("payments", "db", at: [db], ports: [ContainerPort(number: 5432)])
    town.saw(api, db, 5432)
    return town
  }

  static func rules(
    _ town: Town, _ name: String, _ direction: PolicyDirection = .ingress,
    _ change: (inout Options) -> Void = { _ in }
  ) throws -> [String] {
    var options = Options()
    options.namespaces = ["payments"]
    change(&options)
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    #expect(plan.proof.failures.isEmpty)
    #expect(plan.obstacles.isEmpty)
    return plan.policies.first { $0.policy.name == name }?.policy.rules(direction).map(\.description) ?? []
  }
}

extension Plan {
  /// What is told, but for connections that may be older than the recording: the database of the shop asks nobody.
  var concernsBesidesOld: [Concern] { concerns.filter { $0.kind != .oldConnections } }
}
