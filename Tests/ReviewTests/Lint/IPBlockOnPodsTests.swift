import Testing

@testable import Review

@Suite("Blocks of the cluster's own addresses are found")
struct IPBlockOnPodsTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .ipBlockOnPods).lines }
  private let db = Written.pod("db", status: "{podIP: 10.244.1.7}")
  private let service =
    "---\nkind: Service\nmetadata: {name: db, namespace: shop}\nspec: {clusterIP: 10.96.3.3, selector: {app: db}, ports: [{port: 5432}]}\n"
  private let node =
    "---\nkind: Node\nmetadata: {name: node-a}\nstatus: {addresses: [{address: 192.168.7.11}]}\n"
  private func block(_ cidr: String, _ except: String = "") -> String {
    Written.egress("api", "{to: [{ipBlock: {cidr: '\(cidr)', except: [\(except)]}}], ports: [{port: 5432}]}")
  }

  @Test("of pods, Services and machines, with an example")
  func covered() throws {
    let before = "5 ip-block-on-pods: `shop/api`, egress rule 0, covers"
    #expect(
      try found(block("10.244.0.0/16") + db) == [
        "\(before) pods by 10.244.0.0/16, such as `shop/db`: on pods the network plugins differ, and Cilium ignores it"
      ])
    #expect(
      try found(block("10.96.3.3/32") + db + service) == [
        "\(before) Services by 10.96.3.3/32, such as `shop/db`: mostly policies see the pod behind, and never match"
      ])
    #expect(
      try found(block("192.168.7.0/24") + db + node) == [
        "\(before) machines by 192.168.7.0/24, such as `node-a`: Cilium does not match machines by a block"
      ])
  }

  @Test("not where the addresses are cut out, are nobody's, or the block is a whole private network")
  func sound() throws {
    #expect(try found(block("10.244.0.0/16", "10.244.1.0/24") + db) == [])
    #expect(try found(block("10.245.0.0/16") + db + service + node) == [])
    for wide in ["0.0.0.0/0", "10.0.0.0/8", "192.168.0.0/16", "::/0"] {
      #expect(try found(block(wide) + db + service + node) == [])
    }
    #expect(
      try found(
        block("10.244.0.0/16", "10.244.1.7/32") + db
          + db.replacing("name: db", with: "name: e").replacing("1.7", with: "1.9")
      ).count == 1)
  }

  @Test("not for the API server, the DNS Service, or pods that are over")
  func needed() throws {
    let door = """
      ---
      kind: Service
      metadata: {name: kubernetes, namespace: default}
      spec: {clusterIP: 10.96.0.1, ports: [{port: 443}]}
      ---
      kind: EndpointSlice
      metadata: {name: kubernetes, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}
      endpoints: [{addresses: [192.168.7.11]}]

      """
    #expect(try found(block("10.96.0.1/32") + db + door) == [])
    #expect(try found(block("192.168.7.11/32") + db + node + door) == [])
    #expect(try found(block("10.96.0.10/32") + db + Written.dns()) == [])
    let over = db.replacing("{podIP", with: "{phase: Succeeded, podIP")
    #expect(try found(block("10.244.1.7/32") + over + Written.pod("a")) == [])
  }
}
