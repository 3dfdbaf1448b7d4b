import Console
import Documents
import TestSupport
import Testing

@testable import netpol_learn

@Suite("reach answers what manifests allow, and by which rule")
struct ReachTests {
  private static let world = """
    kind: Namespace
    metadata: {name: shop}
    ---
    kind: Deployment
    metadata: {name: web, namespace: shop}
    spec:
      selector: {matchLabels: {app: web}}
      template: {metadata: {labels: {app: web}}, spec: {containers: [{ports: [{name: http, containerPort: 8080}]}]}}
    ---
    kind: Pod
    metadata: {name: db-0, namespace: shop, labels: {app: db}}
    spec: {containers: [{ports: [{name: pg, containerPort: 5432}]}]}
    status: {podIP: 10.0.0.7, phase: Running}
    ---
    kind: Pod
    metadata: {name: done, namespace: shop, labels: {app: db}}
    status: {podIP: 10.0.0.8, phase: Succeeded}
    ---
    kind: Pod
    metadata: {name: agent, namespace: shop, labels: {app: db}}
    spec: {hostNetwork: true}
    status: {podIP: 10.9.0.1, phase: Running}
    ---
    kind: Pod
    metadata: {name: six, namespace: shop}
    status: {podIP: "fd00::6", phase: Running}
    ---
    kind: Service
    metadata: {name: db, namespace: shop}
    spec: {clusterIP: 10.96.0.5, selector: {app: db}, ports: [{port: 80, targetPort: pg}]}
    ---
    kind: Service
    metadata: {name: nobody, namespace: shop}
    spec: {clusterIP: 10.96.0.6, selector: {app: none}, ports: [{port: 80}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: db, namespace: shop}
    spec:
      podSelector: {matchLabels: {app: db}}
      ingress:
      - from: [{podSelector: {matchLabels: {app: web}}}]
        ports: [{port: pg}]
      - from: [{ipBlock: {cidr: "fd00::/64"}}]
        ports: [{port: 1234, protocol: SCTP}]

    """

  private func session() throws -> Session {
    let session = try Session()
    try session.write(Self.world, to: "m/world.yaml")
    return session
  }

  private func ask(
    _ from: String, _ to: String, _ port: String, _ more: String...
  ) throws -> Session.Outcome {
    try session().run(["reach", "--manifests", "@m", "--from", from, "--to", to, "--port", port] + more)
  }

  @Test("an allowed connection ends with 0 and names the rule, its file and its line")
  func allowed() throws {
    let outcome = try ask("shop/web", "shop/db-0", "5432")
    #expect(outcome.code == .done)
    #expect(
      outcome.output == """
        allowed      shop/web → shop/db-0  TCP/5432
        egress       shop/web is not isolated
        ingress      shop/db-0 is isolated by shop/db;
                     allowed by shop/db ingress rule 0 (m/world.yaml:42)

        """)
  }

  @Test(
    "a denied one ends with 1, and tells what the nearest rule lacks",
    arguments: [
      ("shop/web", "80", "rule 0 (m/world.yaml:42), which names this peer, but not this port"),
      ("192.0.2.1", "5432", "rule 0 (m/world.yaml:42), which does not name this peer"),
    ])
  func denied(from: String, port: String, words: String) throws {
    let outcome = try ask(from, "shop/db-0", port)
    #expect(outcome.code == .difference)
    #expect(outcome.output.hasPrefix("not allowed  \(from) → shop/db-0  TCP/\(port)\n"))
    #expect(outcome.output.contains("nearest is shop/db ingress \(words)\n"), "\(outcome.output)")
  }

  @Test("JSON has the fields that scripts rely on")
  func json() throws {
    #expect(
      try ask("shop/web", "shop/db-0", "80", "-o", "jsonl").output
        == #"{"allowed":false,"from":"shop/web","to":"shop/db-0","port":80,"protocol":"TCP","#
        + #""egress":{"allowed":true,"isolated":false,"by":[],"denied":null,"nearest":null},"#
        + #""ingress":{"allowed":false,"isolated":true,"by":[],"denied":"port","#
        + #""nearest":{"policy":"shop/db","rule":0,"file":"m/world.yaml","line":42}},"notes":[]}"# + "\n")
  }

  @Test(
    "ends are meant by any of their names, and notes say what was taken for what",
    arguments: [
      ("shop/web", "10.0.0.7", "pg", "TCP", ExitCode.done, "`10.0.0.7` is the address of `shop/db-0`"),
      ("shop/web", "10.96.0.5", "80", "TCP", .difference, "the Service `shop/db` has no port 80/UDP"),
      ("shop/web", "shop/db", "80", "TCP", .done, "the Service `shop/db` leads to its pods' port 5432"),
      ("shop/web", "shop/nobody", "80", "TCP", .usage, "no pod behind the Service `shop/nobody` is known"),
      ("shop/done", "shop/db-0", "5432", "TCP", .usage, "`shop/done` is over"),
      ("shop/web", "shop/agent", "1", "TCP", .done, "the destination is in its node's network"),
      ("shop/six", "shop/db-0", "1234", "SCTP", .done, "one end has only IPv4 and the other only IPv6"),
      ("fd00::9", "shop/db-0", "1234", "SCTP", .done, "one end has no IPv6 address"),
      ("fd00::9", "10.0.0.7", "1234", "SCTP", .usage, "`fd00::9` is IPv6 and `10.0.0.7` is IPv4"),
      ("shop/web", "shop/db-0", "1234", "SCTP", .difference, "the source's address is not known; an ipBlock"),
      ("shop/web", "shop/db-0", "http", "TCP", .usage, "`shop/db-0` has no port that is called `http`"),
    ])
  func names(
    from: String, to: String, port: String, transport: String, code: ExitCode, note: String
  ) throws {
    let isUDP = note.hasSuffix("80/UDP")
    let outcome = try ask(from, to, port, "--protocol", isUDP ? "UDP" : transport)
    #expect(outcome.output.contains("note         \(note)"), "\(outcome.output)")
    #expect(outcome.code == (isUDP ? .usage : code), "\(outcome.output)")
  }

  @Test("a name that nobody has ends with 2 and the nearest names")
  func strangers() throws {
    let outcome = try ask("shop/wev", "shop/db-0", "80")
    #expect(outcome.code == .usage && outcome.output.isEmpty)
    #expect(outcome.talk == "error: nobody is called `shop/wev`\nhint: did you mean `shop/web`?\n")
    let elsewhere = try ask("web/db-0", "shop/db-0", "80")
    #expect(elsewhere.talk.contains("hint: did you mean `shop/db-0`?"))
  }

  @Test(
    "questions that make no sense are refused before anything is read",
    arguments: [
      ["--from", "a/b", "--to", "a/c"], ["--port", "80"], ["--queries", "-", "--port", "80"],
      ["--manifests", "-", "--queries", "-"],
    ])
  func odd(words: [String]) throws {
    #expect(try session().run(["reach", "--manifests", "@m"] + words).code == .usage)
  }

  @Test("many questions get one line each, in order, and none ends the run")
  func queries() throws {
    let session = try session()
    try session.write(
      """
      {"from":"shop/web","to":"shop/db-0","port":5432}
      {"from":"shop/web","to":"shop/db-0","port":5432,"protocol":"UDP"}
      {"from":"shop/ghost","to":"shop/db-0","port":5432}

      {"from":"shop/web","to":"10.96.0.5","port":80,"protocol":"TCP"}
      """, to: "q.jsonl")
    let outcome = try session.run("reach", "--manifests", "@m", "--queries", "@q.jsonl")
    let lines = outcome.output.split(separator: "\n").map { String($0) }
    #expect(outcome.code == .done)
    let allowed = try lines.map { try JSON.read(Array($0.utf8))["allowed"]?.value }
    #expect(allowed == [.bool(true), .bool(false), .null, .bool(true)])
    #expect(lines.count == 4 && lines[2].hasSuffix(#""notes":["nobody is called `shop/ghost`"]}"#))
    let table = try session.run("reach", "--manifests", "@m", "--queries", "@q.jsonl", "-o", "table")
    #expect(table.output.split(separator: "\n").count == 4)
    #expect(table.output.contains("\nno answer    shop/ghost → shop/db-0  TCP/5432  nobody is called"))
    let list = try session.run("reach", "--manifests", "@m", "--queries", "@q.jsonl", "-o", "json")
    #expect(try JSON.read(Array(list.output.utf8)).sequence?.count == 4)
  }

  @Test(
    "a line that is no question is answered by its number, and the run ends with 3",
    arguments: [
      ("{", "the text ends in the middle of a value"), ("[]", "no object with `from`, `to` and `port`"),
      (#"{"from":"a"}"#, "`to` is missing"), (#"{"from":"a","to":"b","port":70000}"#, "`port` is no port"),
      (#"{"from":"a","to":"b","port":1,"protocol":"tcp"}"#, "`protocol` is none of TCP, UDP and SCTP"),
    ])
  func badLines(line: String, words: String) throws {
    let session = try session()
    try session.write(line + "\n" + #"{"from":"shop/web","to":"shop/db-0","port":5432}"#, to: "q.jsonl")
    let outcome = try session.run("reach", "--manifests", "@m", "--queries", "@q.jsonl")
    #expect(outcome.code == .input)
    #expect(outcome.output.hasPrefix(#"{"allowed":null,"#))
    #expect(outcome.output.contains("line 1 is no question: \(words)"), "\(outcome.output)")
    #expect(outcome.output.contains(#"{"allowed":true,"#))
  }

  @Test("the full table has a line for each kind of way, and all ways as JSON")
  func table() throws {
    let session = try session()
    let outcome = try session.run("reach", "--manifests", "@m", "--to", "shop/db-0")
    #expect(outcome.code == .done)
    expectGolden(outcome.output + outcome.talk, "Tests/netpol-learnTests/Golden/reach-to.txt")
    expectGolden(
      try session.run("reach", "--manifests", "@m").output, "Tests/netpol-learnTests/Golden/reach-table.txt")
    let ways = try session.run("reach", "--manifests", "@m", "-o", "jsonl").output
    #expect(ways.contains(#"{"from":"shop/web","to":"shop/db-0","ports":["TCP/5432"]}"# + "\n"), "\(ways)")
    #expect(!ways.contains(#"{"from":"shop/db-0","to":"shop/db-0""#))
    let none = try session.run("reach", "--manifests", "@m", "-n", "nowhere")
    #expect(none.code == .usage && none.talk.contains("nobody has a namespace `nowhere`"))
  }

  @Test("what could not be read ends the run with 3 also when the answer is yes")
  func partial() throws {
    let session = try session()
    try session.write("kind: Pod\n", to: "m/z.yaml")
    let outcome = try session.run(
      "reach", "--manifests", "@m", "--from", "shop/web", "--to", "shop/db-0", "--port", "5432")
    #expect(outcome.code == .input)
    #expect(outcome.output.hasPrefix("allowed "))
  }

  @Test("an address asks about its own family, also of pods with two")
  func family() throws {
    let session = try Session()
    try session.write(
      """
      kind: Pod
      metadata: {name: web, namespace: a}
      status: {podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]}
      ---
      kind: Pod
      metadata: {name: db, namespace: a, labels: {app: db}}
      status: {podIP: 10.0.0.2, podIPs: [{ip: 10.0.0.2}, {ip: "fd00::2"}]}
      ---
      kind: NetworkPolicy
      metadata: {name: db, namespace: a}
      spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: "fd00::/64"}}]}]}
      """, to: "m/a.yaml")
    func code(_ from: String, _ to: String) throws -> ExitCode {
      try session.run("reach", "--manifests", "@m", "--from", from, "--to", to, "--port", "80").code
    }
    #expect(try code("fd00::1", "fd00::2") == .done)
    #expect(try code("fd00::1", "a/db") == .done)
    #expect(try code("a/web", "fd00::2") == .done)
    #expect(try code("10.0.0.1", "10.0.0.2") == .difference)
    #expect(try code("a/web", "a/db") == .difference)
    let ways = try session.run("reach", "--manifests", "@m", "--to", "a/db")
    #expect(
      ways.talk.contains("a/web → a/db is another answer over IPv6: ask with an address of it"),
      "\(ways.talk)")
  }

  @Test("a workload asked about itself is two pods alike, a pod is one")
  func itself() throws {
    let session = try Session()
    func pod(_ name: String, _ owner: String) -> String {
      """
      kind: Pod
      metadata: {name: \(name), namespace: a, labels: {app: db}\(owner)}
      status: {podIP: 10.0.0.1, phase: Running}
      ---

      """
    }
    let policy = """
      kind: NetworkPolicy
      metadata: {name: closed, namespace: a}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """
    let owner =
      ", ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: db, uid: u1, controller: true}]"
    try session.write(pod("db-0", owner) + policy, to: "owned/a.yaml")
    try session.write(pod("db", "") + policy, to: "bare/a.yaml")
    func run(_ folder: String, _ end: String) throws -> Session.Outcome {
      try session.run("reach", "--manifests", "@" + folder, "--from", end, "--to", end, "--port", "80")
    }
    let replicas = try run("owned", "a/db")
    #expect(replicas.code == .difference, "\(replicas.output)")
    let one = try run("bare", "a/db")
    #expect(one.code == .done && one.output.contains("itself"), "\(one.output)")
    #expect(try run("owned", "a/db-0").code == .done)
  }

  @Test("where a policy of an end's namespace could not be read, no answer is given as sure")
  func unread() throws {
    let session = try session()
    try session.write(
      "kind: NetworkPolicy\nmetadata: {name: odd, namespace: shop}\nspec: {podSelector: {}, ingres: []}\n",
      to: "m/z.yaml")
    let outcome = try session.run(
      "reach", "--manifests", "@m", "--from", "shop/web", "--to", "shop/db-0", "--port", "5432", "-o", "jsonl"
    )
    #expect(outcome.code == .input)
    #expect(outcome.output.hasPrefix(#"{"allowed":null,"#))
    #expect(outcome.output.contains("a policy of `shop` could not be read"))
    let ways = try session.run("reach", "--manifests", "@m", "--to", "shop/db-0")
    #expect(
      ways.code == .input && ways.talk.contains("a policy of `shop` could not be read, so"),
      "\(ways.talk)")
    try session.write("{", to: "m/z.yaml")
    let broken = try session.run(
      "reach", "--manifests", "@m", "--from", "shop/web", "--to", "shop/db-0", "--port", "5432", "-o", "jsonl"
    )
    #expect(broken.code == .input && broken.output.hasPrefix(#"{"allowed":null,"#))
    #expect(broken.output.contains("not everything could be read"), "\(broken.output)")
    let elsewhere = try session.run(
      "reach", "--manifests", "@m", "--from", "192.0.2.1", "--to", "192.0.2.2", "--port", "5432", "-o",
      "jsonl")
    #expect(elsewhere.output.hasPrefix(#"{"allowed":true,"#))
  }

  @Test("a Service stands for its pods where all ways to it are asked for")
  func service() throws {
    let outcome = try session().run("reach", "--manifests", "@m", "--to", "shop/db")
    #expect(outcome.output.contains("shop/web"), "\(outcome.output)")
    #expect(outcome.output.contains("shop/db-0   TCP/5432"), "\(outcome.output)")
  }

  @Test("a name that means another number on another pod is asked about on both")
  func namesThatDiffer() throws {
    let session = try Session()
    func pod(_ name: String, _ port: Int) -> String {
      """
      kind: Pod
      metadata: {name: \(name), namespace: a, labels: {app: db}}
      spec: {containers: [{ports: [{name: http, containerPort: \(port)}]}]}
      ---

      """
    }
    try session.write(
      pod("one", 8080) + pod("two", 9090) + """
        kind: Service
        metadata: {name: db, namespace: a}
        spec: {selector: {app: db}, ports: [{port: 80, targetPort: http}]}
        ---
        kind: NetworkPolicy
        metadata: {name: db, namespace: a}
        spec: {podSelector: {}, ingress: [{ports: [{port: 8080}]}]}
        """, to: "m/a.yaml")
    let outcome = try session.run(
      "reach", "--manifests", "@m", "--from", "192.0.2.1", "--to", "a/db", "--port", "80")
    #expect(outcome.code == .difference)
    #expect(outcome.output.contains("allowed for 1 of 2 pairs"), "\(outcome.output)")
  }

  @Test("nothing to read is told")
  func nothing() throws {
    let session = try Session()
    try session.write("", to: "m/empty.yaml")
    let outcome = try session.run("reach", "--manifests", "@m")
    #expect(outcome.talk.contains("warning: there is no manifest in `m`"), "\(outcome.talk)")
    #expect(try session.run("lint", "@m").talk.contains("warning: there is no manifest in `m`"))
    try session.write(
      "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: a}\n", to: "c.yaml")
    #expect(
      try session.run("lint", "@c.yaml").talk.contains("decide about traffic too: 1 CiliumNetworkPolicy"))
  }

  @Test("every way in the table is what single questions answer")
  func agreement() throws {
    let session = try Session()
    let words = ["reach", "--manifests", Story.manifests, "--cluster", Story.cluster]
    let ways = try session.run(words + ["-o", "jsonl"]).output.split(separator: "\n")
    let open = try Set(
      ways.map { try JSON.read(Array($0.utf8)) }.filter {
        $0["ports"]?.sequence?.contains { ["all", "TCP/all", "TCP/5432"].contains($0.string ?? "") } == true
      }.map { "\($0["from"]?.string ?? "") \($0["to"]?.string ?? "")" })
    let ends = ["payments/api", "payments/postgres", "payments/redis", "web/frontend", "web/promo"]
    for from in ends {
      for to in ends where from != to {
        let code = try session.run(words + ["--from", from, "--to", to, "--port", "5432"]).code
        #expect((code == .done) == open.contains("\(from) \(to)"), "\(from) \(to)")
      }
    }
    #expect(open.contains("payments/api payments/postgres") && !open.contains("web/promo payments/postgres"))
  }
}
