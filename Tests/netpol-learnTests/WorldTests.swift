import Console
import Kubernetes
import TestSupport
import Testing

@testable import netpol_learn

@Suite("One reading of manifests tells the policies and whom they are about")
struct WorldTests {
  private static let policy = """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: closed, namespace: shop}
    spec: {podSelector: {}}

    """

  /// The world of these files, and what it says.
  private func world(
    _ files: [String: String], cluster: [String] = [], namespaces: [String] = []
  ) throws -> (world: World, talk: String) {
    let session = try Session()
    for (name, text) in files { try session.write(text, to: "in/\(name)") }
    let world = try World(
      manifests: [session.path("in")], cluster: cluster.map(Repository.absolute), namespaces: namespaces)
    var terminal = Terminal.inMemory()
    world.tell(on: &terminal)
    return (world, terminal.error.text.replacing(session.path("in") + "/", with: ""))
  }

  @Test("policies and objects of one file, in YAML and JSON, alone and in lists")
  func mixed() throws {
    let list = #"""
      {"kind": "List", "items": [
        {"kind": "Pod", "metadata": {"name": "a", "namespace": "shop"}},
        {"kind": "ConfigMap", "metadata": {"name": "c"}},
        {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
         "metadata": {"name": "open", "namespace": "shop"}, "spec": {"ingress": [{}]}}]}
      """#
    let deployment = "---\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n---\nreplicas: 3\n"
    let (world, talk) = try world(["1.yaml": Self.policy + deployment, "2.json": list])
    #expect(world.policies.map { "\($0) \($0.origin?.line ?? 0)" } == ["shop/closed 1", "shop/open 4"])
    #expect(world.objects.map { "\($0.kind) \($0.meta.name)" } == ["Deployment web", "Pod a"])
    #expect(world.passedOver == ["ConfigMap": 1])
    #expect(talk == "" && world.exitCode == .done)
  }

  @Test("of a policy given twice the later one counts, and both places are named")
  func twice() throws {
    let open = Self.policy.replacing("podSelector: {}", with: "podSelector: {}, ingress: [{}]")
    let (world, talk) = try world(["a.yaml": Self.policy, "b.yaml": "# again\n" + open])
    #expect(world.policies.map(\.ingress.count) == [1])
    #expect(
      talk == """
        warning: `shop/closed` is given twice, and the later one counts
          a.yaml:1  passed over
          b.yaml:2  counts

        """)
    #expect(world.exitCode == .done)
  }

  @Test("a label whose name is read as another is told with its place, and counts as it is read")
  func renamedLabel() throws {
    let text = Self.policy.replacing("podSelector: {}", with: "podSelector: {matchLabels: {on: x}}")
    let (world, talk) = try world(["a.yaml": text])
    #expect(
      talk == """
        warning: `a.yaml:4`: the label "on" in `spec.podSelector.matchLabels` of NetworkPolicy `closed` stands without quotes, and YAML reads its name as `true`
        hint: put it in quotes

        """)
    #expect(world.exitCode == .done)
    #expect(world.policies.map(\.subject) == [LabelSelector(["true": "x"])])
  }

  @Test(
    "what can't be read is told with its place, the rest is kept, and the run ends with 3",
    arguments: [
      ("kind: Pod\n", "warning: `bad.yaml:1`: a `Pod` without `metadata.name`\n"),
      ("a: [1\n", "warning: `bad.yaml:2` is not a manifest: "),
      (
        policy.replacing("spec: {", with: "spec: {egres: [], "),
        "warning: `shop/closed` in `bad.yaml` is no valid NetworkPolicy\n  line 4: spec.egres: "
      ),
      (
        "kind: Status\nstatus: Failure\nmessage: pods is forbidden\n",
        "warning: `bad.yaml:1` holds a failure of the API server: pods is forbidden\n"
      ),
    ])
  func partial(text: String, words: String) throws {
    let (world, talk) = try world(["bad.yaml": text, "good.yaml": Self.policy])
    #expect(world.policies.map(\.path) == ["shop/closed"])
    #expect(world.exitCode == .input && talk.hasPrefix(words), "\(talk)")
    try world.requireAnything()
  }

  @Test("the items before a place where JSON makes no sense are kept")
  func cutShort() throws {
    let (world, talk) = try world([
      "cut.json": #"{"kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "a"}}, {"kind": "#
    ])
    #expect(world.objects.map(\.meta.name) == ["a"])
    #expect(talk.contains("`cut.json:1` is not a manifest: the text ends in the middle of a value"))
  }

  @Test("where nothing at all could be read there is nothing to go on with")
  func nothing() throws {
    let (world, _) = try world(["bad.yaml": "a: [1\n"])
    #expect(throws: Complaint.self) { try world.requireAnything() }
    try self.world(["empty.yaml": "# later\n"]).world.requireAnything()
  }

  @Test("what has no namespace belongs to the one asked for, and else to the default one, which is told")
  func homes() throws {
    let text =
      Self.policy.replacing(", namespace: shop", with: "") + "---\nkind: Pod\nmetadata: {name: a}\n"
    let (asked, silence) = try world(["a.yaml": text], namespaces: ["shop"])
    #expect(asked.policies.map(\.path) == ["shop/closed"])
    #expect(asked.objects.map(\.meta.namespace) == ["shop"])
    #expect(silence == "")
    let (other, talk) = try world(["a.yaml": text], namespaces: ["shop", "web"])
    #expect(other.policies.map(\.path) == ["default/closed"])
    #expect(other.objects.map(\.meta.namespace) == ["default"])
    #expect(talk.contains("taken for `default`'s: NetworkPolicy closed, Pod a\n"), "\(talk)")
  }

  @Test("a manifest tells of an object what will be, and the cluster what is")
  func precedence() throws {
    let namespace = "kind: Namespace\nmetadata: {name: payments, labels: {team: new}}\n"
    let (world, _) = try world(["ns.yaml": namespace], cluster: [Story.cluster])
    #expect(world.inventory.namespaces["payments"] == ["team": "new"])
    #expect(world.inventory.pods.count == 16)
  }

  @Test("policies of kinds that are not evaluated are named")
  func otherKinds() throws {
    let (world, talk) = try world([
      "a.yaml": "kind: CiliumNetworkPolicy\n---\napiVersion: crd.projectcalico.org/v1\nkind: NetworkPolicy\n"
    ])
    #expect(world.policies.isEmpty && world.exitCode == .done)
    #expect(
      talk == "warning: not looked at, though they decide about traffic too: "
        + "1 CiliumNetworkPolicy, 1 NetworkPolicy of another API group\n")
  }
}
