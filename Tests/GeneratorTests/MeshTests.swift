import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.Pod

@Suite("Pods of a mesh reach what it needs, seen or not")
struct MeshTests {
  private static let istiod = "10.244.0.90"

  /// A shop with istiod beside it, and the labels of an injected proxy on its API.
  private static func town(_ labels: Labels = ["security.istio.io/tlsMode": "istio"], isServed: Bool = true)
    -> Town
  {
    var town = Shop.town()
    town.deployment("istio-system", "istiod", at: [istiod], ports: [ContainerPort(number: 15_012)])
    if isServed {
      town.service(
        "istio-system", "istiod", at: "10.96.0.90", selector: ["app": "istiod"], port: 15_012,
        target: .number(15_012))
    }
    town.label("api-0", labels)
    return town
  }

  private static let toIstiod =
    "pods app=istiod in namespaces kubernetes.io/metadata.name=istio-system on TCP/15012"

  @Test("a proxy may ask its control plane though it was not seen to, and others may not")
  func sidecar() throws {
    let town = Self.town()
    #expect(try Shop.rules(town, "api", .egress) == ["pods app=db on TCP/5432", Self.toIstiod])
    #expect(try !Shop.rules(town, "db", .egress).contains(Self.toIstiod))
    #expect(try Shop.rules(town, "api", .egress) { $0.isolation = .ingress } == [])
  }

  @Test("what was seen of it is baseline, and one rule")
  func seen() throws {
    var town = Self.town()
    town.saw(Shop.api, Self.istiod, 15_012)
    #expect(try Shop.rules(town, "api", .egress) == ["pods app=db on TCP/5432", Self.toIstiod])
    #expect(
      town.learned("payments").edges.filter { $0.port == 15_012 }.map {
        "\($0.bin.rawValue) \($0.reason ?? "")"
      }
        == ["baseline mesh"])
  }

  @Test("the control plane lets every proxy in, seen or not")
  func controlPlane() {
    for isSeen in [false, true] {
      var town = Self.town()
      if isSeen { town.saw(Shop.api, Self.istiod, 15_012) }
      let plan = town.learned("istio-system").plan
      #expect(plan.proof.failures.isEmpty && plan.obstacles.isEmpty)
      let rules = plan.policies.first { $0.policy.name == "istiod" }?.policy.ingress.map(\.description)
      #expect(rules == ["namespaces everything on TCP/15012"])
    }
  }

  @Test("a control plane that no label tells from others is in the way of proxies, seen or not")
  func faceless() {
    for isSeen in [false, true] {
      var town = Shop.town()
      let labels = ["app": "istiod", "pod-template-hash": "1"]
      town.pod(
        "istio-system", "istiod", at: Self.istiod, ports: [ContainerPort(number: 15_012)], labels: labels)
      town.pod("istio-system", "twin", at: "10.244.0.91", labels: labels)
      town.service(
        "istio-system", "istiod", at: "10.96.0.90", selector: ["app": "istiod"], port: 15_012,
        target: .number(15_012))
      #expect(town.learned("payments").plan.obstacles.isEmpty)
      town.label("api-0", ["security.istio.io/tlsMode": "istio"])
      if isSeen { town.saw(Shop.api, Self.istiod, 15_012) }
      var options = Options()
      options.namespaces = ["payments"]
      func plan() -> Plan { Learned(town.facts, Inventory(town.objects), options).plan }
      #expect(plan().obstacles.contains { $0.message.contains("`istio-system/istiod`") })
      options.isolation = .ingress
      #expect(plan().obstacles.isEmpty)
    }
  }

  @Test("a label alone makes nobody a control plane")
  func forged() throws {
    #expect(try Shop.rules(Self.town(isServed: false), "api", .egress) == ["pods app=db on TCP/5432"])
  }

  @Test("a proxy of Linkerd asks the components of the control plane that its pod names")
  func linkerd() throws {
    var town = Self.town(["linkerd.io/control-plane-ns": "linkerd"])
    for (namespace, offset) in [("linkerd", 0), ("other", 10)] {
      for (index, component) in ["destination", "identity"].enumerated() {
        let labels = ["app": component, "linkerd.io/control-plane-component": component]
        town.deployment(
          namespace, component, at: ["10.244.1.\(offset + index)"], labels: labels, selector: labels)
        town.service(
          namespace, component, at: "10.96.1.\(offset + index)", selector: labels,
          port: component == "identity" ? 8080 : 8086,
          target: .number(component == "identity" ? 8080 : 8086))
      }
    }
    let rules = try Shop.rules(town, "api", .egress)
    #expect(rules.count == 3)
    #expect(
      rules.contains {
        $0.contains("destination in namespaces kubernetes.io/metadata.name=linkerd on TCP/8086")
      })
    #expect(
      rules.contains { $0.contains("identity in namespaces kubernetes.io/metadata.name=linkerd on TCP/8080") }
    )
  }

  @Test(
    "in ambient mode the tunnel is open where a need is, and the machine may ask how the pod is",
    arguments: [true, false])
  func ambient(isOfNamespace: Bool) throws {
    let mode = ["istio.io/dataplane-mode": "ambient"]
    var town = Self.town(isOfNamespace ? [:] : mode)
    if isOfNamespace {
      town.objects.append(.namespace(ObjectMeta(name: "payments", labels: mode)))
    } else {
      town.label("db-0", mode)
    }
    town.objects = town.objects.map { object in
      guard case .pod(var pod) = object, pod.meta.name == "db-0" else { return object }
      pod.probes = [5432]
      return .pod(pod)
    }
    #expect(
      try Shop.rules(town, "db") == [
        "pods app=api on TCP/15008", "pods app=api on TCP/5432", "169.254.7.127/32 on TCP/5432",
      ])
    #expect(try Shop.rules(town, "api", .egress) == ["pods app=db on TCP/15008", "pods app=db on TCP/5432"])
    // Who is not of the mesh asks without it.
    town.saw(Shop.web, Shop.api, 8080)
    #expect(
      try Shop.rules(town, "api") == [
        "pods app=frontend in namespaces kubernetes.io/metadata.name=web on TCP/8080"
      ])
  }

  @Test("a tunnel that was seen is one rule with the one that is there by design")
  func seenTunnel() throws {
    var town = Self.town(["istio.io/dataplane-mode": "ambient"])
    town.label("db-0", ["istio.io/dataplane-mode": "ambient"])
    town.saw(Shop.api, Shop.db, 15_008)
    #expect(try Shop.rules(town, "db") == ["pods app=api on TCP/5432, TCP/15008"])
  }
}

extension Town {
  /// Gives a pod more labels, as what injects a proxy does.
  fileprivate mutating func label(_ name: String, _ labels: Labels) {
    objects = objects.map { object in
      guard case .pod(var pod) = object, pod.meta.name == name else { return object }
      pod.meta.labels.merge(labels) { _, new in new }
      return .pod(pod)
    }
  }
}
