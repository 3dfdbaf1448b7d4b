import Console
import Documents
import TestSupport
import Testing

@testable import netpol_learn

@Suite("why explains one connection")
struct WhyTests {
  @Test(
    "what becomes of a connection decides the answer, the exit code and the next step",
    arguments: [
      ("payments/api payments/postgres 5432", "learned", "allowed", "nothing: it is needed, and it passes"),
      ("payments/api kube-system/coredns 53/udp", "baseline", "allowed", "nothing: it is needed"),
      (
        "payments/debug-shell payments/postgres 22", "quarantined", "not allowed",
        "if it is needed, accept it"
      ),
      (
        "payments/api 10.244.2.77 7777", "unattributed", "no answer",
        "to know whose it is: pods that came and went"
      ),
      ("node payments/redis 6379", "out of scope", "no answer", "nothing: no policy rules it"),
      ("web/frontend payments/postgres 5432", "not seen", "not allowed", "let it be seen and generate again"),
    ])
  func answers(question: String, bin: String, verdict: String, next: String) throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run(["why"] + question.split(separator: " ").map(String.init))
    #expect(outcome.code == .done, "\(outcome.talk)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix(bin + " ") }, "\(outcome.output)")
    #expect(lines.contains { $0.hasPrefix(verdict + " ") }, "\(outcome.output)")
    #expect(lines.contains { $0.hasPrefix("next ") && $0.contains(next) }, "\(outcome.output)")
  }

  @Test(
    "a port may stand behind the end that is asked",
    arguments: [
      ("payments/postgres 5432", "payments/postgres:5432"), ("payments/postgres 5432", "10.96.0.21:5432/tcp"),
      ("payments/postgres 5432", "payments/postgres:5432 5432"),
      ("kube-system/coredns 53/UDP", "kube-system/coredns:53/UDP"),
    ])
  func portBehind(apart: String, together: String) throws {
    let session = try Session.ofTheStory()
    func ask(_ question: String) throws -> [Substring] {
      let outcome = try session.run(
        ["why", "payments/api"] + question.split(separator: " ").map(String.init))
      #expect(outcome.code == .done, "\(outcome.talk)")
      return outcome.output.split(separator: "\n").filter { !$0.hasPrefix("note ") }
    }
    let wanted = try ask(apart)
    #expect(wanted.contains { $0.hasPrefix("seen ") })
    #expect(try ask(together) == wanted)
  }

  @Test(
    "without a port, or with one that is none, the line to type is told",
    arguments: [
      (
        "payments/postgres", "`PORT` is missing",
        "`netpol-learn why payments/api payments/postgres 5432`"
      ),
      ("fd00::7:443", "`PORT` is missing", "`netpol-learn why payments/api fd00::7:443 5432`"),
      ("payments/postgres:http", "`PORT` needs a port such as 5432 or 53/UDP, not `http`", nil),
      ("payments/postgres:5432 80", "`80/TCP` is one word too many", nil),
    ])
  func noPort(question: String, says: String, hint: String?) throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run(["why", "payments/api"] + question.split(separator: " ").map(String.init))
    #expect(outcome.code == .usage)
    #expect(outcome.talk.contains(says), "\(outcome.talk)")
    if let hint { #expect(outcome.talk.contains(hint), "\(outcome.talk)") }
  }

  @Test("brackets tell where an address ends and its port begins")
  func bracketed() {
    #expect(PortAndTransport.split("[fd00::7]:443").map { [$0.end, $0.port] } == ["fd00::7", "443"])
    #expect(PortAndTransport.split("fd00::7:443") == nil && PortAndTransport.split(":443") == nil)
  }

  @Test("a need that the manifests cut ends with 1, and names side, policies, nearest rule, file and line")
  func cut() throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run(
      "why", "web/frontend", "payments/api", "8080", "--policies", Story.manifests)
    #expect(outcome.code == .difference)
    #expect(
      outcome.output.contains(
        "payments/api is isolated for ingress by payments/api and payments/default-deny;"))
    #expect(
      outcome.output.contains(
        "nearest is payments/api ingress rule 0 (samples/payments/manifests/api.yaml:16), which names this peer, but not this port"
      ))
    let quarantined = try session.run(
      "why", "payments/debug-shell", "payments/api", "8080", "--policies", Story.manifests)
    #expect(quarantined.code == .done && quarantined.output.contains("not allowed"))
  }

  @Test("of an end that nobody can be named for nothing is allowed, nor said to pass")
  func doubtful() throws {
    let session = try Session.ofTheStory()
    let question = ["why", "10.244.1.17", "payments/postgres", "5432"]
    let lines = try session.run(question).output.split(separator: "\n").map(String.init)
    let doubt = "10.244.1.17 → payments/postgres 5432: "
    #expect(lines.contains { $0.hasPrefix("no answer    \(doubt)nobody can be named for 10.244.1.17") })
    // What was learned of another holder of the address passes, and that is told in its name and last.
    #expect(
      lines.contains { $0.hasPrefix("allowed      payments/settle-2992 → payments/postgres 5432: under") })
    let next = lines.suffix(2)
    #expect(next.first?.hasPrefix("next         \(doubt)to know whose it is: ") == true, "\(next)")
    #expect(
      next.last?.hasSuffix(
        " payments/settle-2992 → payments/postgres 5432: nothing: it is needed, and it passes") == true)
    let document = try JSON.read(Array(try session.run(question + ["-o", "json"]).output.utf8))
    let verdict = document["verdicts"]?.sequence?.first
    #expect(verdict?["allowed"]?.value == .null)
    let pairs = verdict?["pairs"]?.sequence ?? []
    #expect(Set(pairs.map { $0["allowed"]?.value }) == [.bool(true), .null])
  }

  @Test(
    "ends are meant by any of their names, and notes say what was taken for what",
    arguments: [
      ("payments/api-7f9c8d6b5-4nqzx payments/postgres-0 5432", "is a pod of `payments/api`"),
      ("10.244.1.11 10.244.1.12 5432", "`10.244.1.11` is, or was, `payments/api`"),
      ("payments/api 10.96.0.21 5432", "`10.96.0.21` is, or was, `payments/postgres` on 5432"),
      ("web/frontend 10.96.0.20 80", "`10.96.0.20` is, or was, `payments/api` on 8080"),
      ("payments/api api.paygate.example 443", "asked for as api.paygate.example"),
      ("monitoring/prometheus apiserver 443", "leads 443 to 6443"),
      ("node-a payments/api 8080", "kubelet probe"),
      ("10.244.1.17 payments/postgres 5432", "address changed hands"),
      ("kube-system/coredns 203.0.113.53 53/UDP", "seen         2 conversations"),
      ("Payments/API payments/postgres 5432", "`Payments/API` is taken for `payments/api`"),
      ("payments/api API.Paygate.example. 443", "asked for as api.paygate.example"),
      (
        "payments/api kube-system/kube-dns 53/UDP", "is a Service, which leads to `kube-system/coredns` on 53"
      ),
      (
        "web/frontend api.payments.svc.cluster.local. 80",
        "is a Service, which leads to `payments/api` on 8080"
      ),
      ("web/frontend api.payments 8080", "is a Service, which leads to `payments/api` on 8080"),
      ("payments/api postgres-0.postgres.payments.svc 5432", "is a pod of `payments/postgres`"),
      ("api postgres 5432 -n payments", "`postgres` is taken for `payments/postgres`"),
      ("web/frontend api-7f9c8d6b5-4nqzx 8080 --ns payments", "is a pod of `payments/api`"),
    ])
  func names(question: String, words: String) throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run(["why"] + question.split(separator: " ").map(String.init))
    #expect(outcome.code == .done && outcome.output.contains(words), "\(outcome.output)\(outcome.talk)")
    #expect(outcome.output.contains("seen         "), "\(outcome.output)")
  }

  @Test(
    "a name that nobody has ends with 2 and the names that may have been meant",
    arguments: [
      (
        "web/fronted payments/api 8080",
        "did you mean `web/frontend`? `netpol-learn why web/frontend payments/api 8080 --db netpol-learn.db`"
      ),
      ("api payments/postgres 5432", "did you mean `payments/api`? `netpol-learn why payments/api payments/"),
      (
        "frontnd postgre 5432",
        "`web/frontend`, and `payments/postgres`? `netpol-learn why web/frontend payments/"
      ),
      ("web/frontend api.paygate.exampel 443", "did you mean `api.paygate.example`?"),
      ("payments/api kube-dns 53/UDP", "`netpol-learn why payments/api kube-system/kube-dns 53/UDP --db"),
      (
        "kube-system/kube-dns payments/api 80",
        "asks nobody: its pods do\nhint: did you mean `kube-system/coredns`?"
      ),
      ("kube-dns payments/api 80", "asks nobody: its pods do\nhint: did you mean `kube-system/coredns`?"),
      ("payments/api-66b5f-zzzzz payments/redis 6379", "did you mean `payments/api`?"),
      (
        "web/frontend api.payments 81",
        "nobody is known behind the Service `payments/api` on 81/TCP: it has 80/TCP"
      ),
      (
        "payments web/frontend 80",
        "`payments` is a namespace, and an end is a workload in one\nhint: known there are"
      ),
      ("payments/nope payments/api 80", "hint: known there are `payments/api`, `payments/debug-shell`"),
      ("web/frontend whoever 443", "an end is `namespace/workload`"),
      ("web/frontend api 80 --ns nowhere", "nobody has a namespace `nowhere`"),
    ])
  func strangers(question: String, hint: String) throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run(["why"] + question.split(separator: " ").map(String.init))
    #expect(outcome.code == .usage && outcome.output.isEmpty)
    #expect(outcome.talk.contains(hint), "\(outcome.talk)")
  }

  @Test("the Service's port is told from the pods'")
  func servicePort() throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run("why", "web/frontend", "payments/api", "80")
    #expect(outcome.code == .done && outcome.output.hasPrefix("not seen "))
    #expect(
      outcome.output.contains(
        "80 is the port of the Service `payments/api`, and policies see its pods': ask about 8080"),
      "\(outcome.output)")
  }

  @Test("JSON has the evidence, the verdicts of each set of policies and the next step")
  func document() throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run(
      "why", "payments/settle-2992", "payments/postgres", "5432", "--policies", Story.manifests, "-o", "json")
    #expect(outcome.code == .difference)
    let document = try JSON.read(Array(outcome.output.utf8))
    #expect(document["seen"]?.value == .bool(true))
    #expect(document["edges"]?.sequence?.count == 1)
    #expect(document["edges"]?.sequence?.first?["recorders"]?.sequence?.count == 1)
    let pair = document["verdicts"]?.sequence?.first?["pairs"]?.sequence?.first
    #expect(pair?["allowed"]?.value == .bool(false))
    #expect(pair?[["egress", "denied"]]?.string == "peer" && pair?[["ingress", "denied"]]?.string == "peer")
    #expect(pair?[["ingress", "isolatedBy"]]?.sequence?.count == 2)
    #expect(document["next"]?.sequence?.isEmpty == false)
  }

  @Test(
    "policies that run are asked beside those that would be generated, and what stands in the way is told")
  func running() throws {
    let session = try Session.ofTheStory()
    try session.write(
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny, namespace: payments, uid: "1"}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """, to: "running.yaml")
    let outcome = try session.run(
      "why", "payments/api", "payments/postgres", "5432", "--cluster", "@running.yaml")
    #expect(outcome.code == .difference)
    #expect(
      outcome.output.contains("allowed      under the policies that would be generated for `payments`\n")
        && outcome.output.contains("not allowed  under the policies in the inventory\n"), "\(outcome.output)")
    #expect(outcome.output.contains("what runs cuts it"))
  }

  @Test("words that make no question are refused")
  func usage() throws {
    let session = try Session.ofTheStory()
    for words in [["a/b", "c/d"], ["a/b", "c/d", "0"], ["a/b", "c/d", "80/ICMP"], ["a/b", "c/d", "http"]] {
      #expect(try session.run(["why"] + words).code == .usage, "\(words)")
    }
  }
}
