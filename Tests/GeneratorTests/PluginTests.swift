import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.EndpointSlice
@testable import struct Kubernetes.Pod
@testable import struct Kubernetes.Service
@testable import struct Kubernetes.ServicePort
@testable import struct Kubernetes.Workload

@Suite("What network plugins make of policies is known where they differ")
struct PluginTests {
  private static func daemonSet(_ namespace: String, _ name: String) -> ClusterObject {
    .workload(
      Workload(
        kind: "DaemonSet", meta: ObjectMeta(namespace: namespace, name: name),
        selector: LabelSelector(["app": name]), templateLabels: ["app": name], ports: [],
        usesHostNetwork: true))
  }

  private static func learned(_ town: Town, _ plugin: NetworkPlugin.Name?) -> Learned {
    var options = Options()
    options.namespaces = ["payments"]
    options.plugin = plugin
    return Learned(town.facts, Inventory(town.objects), options)
  }

  private static func kinds(_ town: Town, _ plugin: NetworkPlugin.Name?) -> [Concern.Kind] {
    let plan = learned(town, plugin).plan
    #expect(plan.proof.failures.isEmpty)
    return plan.concernsBesidesOld.map(\.kind)
  }

  @Test(
    "the cluster's DaemonSets tell, and of several the one that rules the others' network",
    arguments: [
      ([("kube-system", "calico-node")], NetworkPlugin.Name.calico),
      ([("calico-system", "calico-node"), ("kube-system", "aws-node")], .calico),
      ([("kube-flannel", "kube-flannel-ds"), ("kube-system", "canal")], .calico),
      ([("kube-system", "cilium")], .cilium), ([("kube-system", "anetd")], .cilium),
      ([("kube-system", "aws-node"), ("kube-system", "kube-proxy")], .awsVPC),
      ([("openshift-ovn-kubernetes", "ovnkube-node")], .ovnKubernetes),
      ([("kube-system", "antrea-agent")], .antrea), ([("kube-system", "kube-router")], .kubeRouter),
      ([("kube-system", "rke2-canal")], .calico),
      ([("kube-system", "kube-flannel"), ("kube-system", "kube-network-policies")], .unknown),
      ([("kube-system", "kindnet")], .kindnet), ([("kube-flannel", "kube-flannel-ds")], .flannel),
      ([("shop", "cilium")], .unknown), ([], .unknown),
    ])
  func installed(daemonSets: [(String, String)], name: NetworkPlugin.Name) {
    var town = Shop.town()
    town.objects += daemonSets.map { Self.daemonSet($0.0, $0.1) }
    #expect(town.learned("payments").options.plugin == name)
    // Who says what it is knows better.
    #expect(Self.learned(town, .antrea).options.plugin == .antrea)
  }

  @Test("a DaemonSet that was deleted puts nothing in force any more")
  func removed() {
    var town = Shop.town()
    town.objects += [
      Self.daemonSet("kube-system", "calico-node").altered { $0.deleted = Town.start },
      Self.daemonSet("kube-system", "cilium"),
    ]
    #expect(town.learned("payments").options.plugin == .cilium)
  }

  /// A cluster of k3s, whose network runs in its agent.
  private static func k3s(_ release: String = "v1.33.5+k3s1", _ objects: [ClusterObject] = []) -> Town {
    var town = Shop.town()
    town.dns()
    town.objects = town.objects.map { object in
      guard case .node(var node) = object else { return object }
      node.release = release
      return .node(node)
    }
    town.objects += objects
    return town
  }

  @Test("k3s rules with kube-router in its agent, also the network of a Flannel that is installed")
  func inAgent() {
    let flannel = Self.daemonSet("kube-flannel", "kube-flannel-ds")
    let balancer = Self.daemonSet("kube-system", "svclb-traefik-0a1b2c")
    for objects in [[], [flannel], [balancer]] {
      #expect(Self.k3s("v1.33.5+k3s1", objects).learned("payments").options.plugin == .kubeRouter)
    }
    #expect(Self.k3s("v1.33.5+rke2r1").learned("payments").options.plugin == .unknown)
    #expect(Self.k3s("v1.33.5").learned("payments").options.plugin == .unknown)
  }

  @Test(
    "who rules a cluster of k3s in its stead counts, and may not be among the objects",
    arguments: [
      ([daemonSet("kube-system", "cilium")], NetworkPlugin.Name.cilium),
      ([daemonSet("kube-system", "kube-ovn-cni")], .unknown),
      ([daemonSet("networking", "cilium")], .unknown),
      ([.namespace(ObjectMeta(name: "calico-system"))], .unknown),
      ([.namespace(ObjectMeta(name: "kube-flannel"))], .kubeRouter),
    ])
  func inStead(objects: [ClusterObject], name: NetworkPlugin.Name) {
    #expect(Self.k3s("v1.33.5+k3s1", objects).learned("payments").options.plugin == name)
  }

  @Test("nothing is known of a cluster of k3s whose system's pods are not, and of one whose machines went")
  func k3sUnseen() {
    var town = Self.k3s()
    let whole = town.objects
    town.objects = whole.filter { $0.meta.namespace != "kube-system" }
    #expect(town.learned("payments").options.plugin == .unknown)
    town.objects = whole.map { object in
      if case .node = object { object.altered { $0.deleted = Town.start } } else { object }
    }
    #expect(town.learned("payments").options.plugin == .unknown)
  }

  @Test("every name has its row, and keeps it")
  func names() {
    for name in NetworkPlugin.Name.allCases { #expect(NetworkPlugin(name).name == name) }
  }

  @Test("where nothing is in force, or only on request, it is told")
  func enforcement() {
    let town = Shop.town()
    for name in NetworkPlugin.Name.allCases {
      let isDoubtful = [.flannel, .awsVPC].contains(name)
      #expect(Self.kinds(town, name) == (isDoubtful ? [.policiesNotInForce] : []), "\(name)")
    }
  }

  @Test("a need that passes by a machine's address is told where no block holds machines, and only there")
  func machines() {
    var town = Shop.town()
    town.node("node-b", at: "10.0.0.12")
    town.saw("10.0.0.12", Shop.api, 8080)
    town.saw(Shop.api, "10.0.0.12", 9100)
    town.saw(Shop.api, "203.0.113.9", 443)
    let concerns = Self.learned(town, .cilium).plan.concernsBesidesOld
    #expect(
      concerns.flatMap(\.detail) == [
        "node node-b → payments/api 8080/TCP", "payments/api → node node-b 9100/TCP",
      ])
    #expect(Self.kinds(town, .calico) == [])
    // Both are possible, which a hint tells.
    #expect(Self.kinds(town, .unknown) == [])
    #expect(Self.learned(town, .unknown).plan.proof.byMachineBlock.count == 2)
  }

  @Test(
    "an API server at a machine's own address is one of them, one at the provider's is not",
    arguments: [true, false])
  func apiServer(isSelfHosted: Bool) {
    var town = Shop.town()
    let address = isSelfHosted ? "10.0.0.11" : "203.0.113.1"
    town.objects += [
      .service(
        Service(
          meta: ObjectMeta(namespace: "default", name: "kubernetes"), selector: [:],
          clusterAddresses: [Town.ip("10.96.0.1")], otherAddresses: [],
          ports: [ServicePort(name: nil, port: 443, target: .number(6443), transport: .tcp, nodePort: nil)])),
      .slice(
        EndpointSlice(
          meta: ObjectMeta(
            namespace: "default", name: "kubernetes", labels: ["kubernetes.io/service-name": "kubernetes"]),
          addresses: [Town.ip(address), Town.ip("203.0.113.2")],
          ports: [EndpointSlice.Port(name: nil, number: 6443, transport: .tcp)])),
    ]
    town.saw(Shop.api, address, 6443)
    #expect(Self.kinds(town, .cilium) == (isSelfHosted ? [.machinesNotMatched] : []))
    // Any endpoint may answer tomorrow, and the Service's address may be judged before it is translated.
    let egress = Self.learned(town, nil).plan.policies.first { $0.policy.name == "api" }?.policy.egress ?? []
    let text = egress.map(\.description).joined(separator: "\n")
    for wanted in ["\(address)/32", "203.0.113.2/32", "10.96.0.1/32 on TCP/443"] {
      #expect(text.contains(wanted), "\(text)")
    }
  }

  @Test("needs over SCTP are told where it is not ruled")
  func sctp() {
    var town = Shop.town()
    town.saw(Shop.web, Shop.api, 3868, .established, transport: .sctp)
    #expect(Self.kinds(town, .cilium) == [.transportNotRuled])
    #expect(Self.kinds(town, .calico) == [])
    #expect(Self.kinds(Shop.town(), .cilium) == [])
  }

  @Test("where the plugin stops the machine's own agent every machine may ask, on the port that is asked")
  func probes() throws {
    var town = Shop.town()
    town.node("node-b", at: "10.0.0.12")
    town.objects = town.objects.map { object in
      guard case .pod(var pod) = object, pod.meta.name == "api-0" else { return object }
      pod.probes = [8080]
      return .pod(pod)
    }
    town.saw("10.0.0.11", Shop.api, 8080)
    #expect(try Shop.rules(town, "api") { $0.plugin = .calico } == [])
    #expect(try Shop.rules(town, "api") == [])
    let rules = try Shop.rules(town, "api") { $0.plugin = .kindnet }
    #expect(rules.count == 2)
    #expect(rules.contains("10.0.0.11/32 on TCP/8080"))
    #expect(rules.contains { $0.contains("10.0.0.12/32") && $0.hasSuffix("on TCP/8080") })
    let probe = Self.learned(town, .kindnet).edges.filter { $0.port == 8080 }
    #expect(probe.map(\.bin) == [.baseline] && probe.map(\.reason) == ["kubelet probe"])
    #expect(Self.learned(town, .kindnet).plan.proof.exempt == 0)
  }

  @Test("a probe that is refused opens nothing there either")
  func refusedProbe() throws {
    var town = Shop.town()
    town.objects = town.objects.map { object in
      guard case .pod(var pod) = object, pod.meta.name == "api-0" else { return object }
      pod.probes = [8080]
      return .pod(pod)
    }
    town.saw("10.0.0.11", Shop.api, 8080, .refused)
    #expect(try Shop.rules(town, "api") { $0.plugin = .kindnet } == [])
  }

  @Test("other requests of a pod's own machine need a rule there, and nowhere else")
  func ownMachine() throws {
    var town = Shop.town()
    town.saw("10.0.0.11", Shop.api, 8081)
    #expect(try Shop.rules(town, "api") == [])
    #expect(try Shop.rules(town, "api") { $0.plugin = .kindnet } == ["10.0.0.11/32 on TCP/8081"])
  }
}
