import Console
import Documents
import FlowStore
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("flows shows the evidence")
struct FlowsTests {
  @Test("the wide table tells how it is known who asked, in a column of its own")
  func direction() throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run("flows", "-o", "wide")
    let head = try #require(outcome.output.split(separator: "\n").first)
    let names = head.split(separator: " ").map(String.init)
    #expect(
      names == [
        "CLIENT", "SERVER", "PORT", "TIER", "SEEN", "BIN", "FROM", "AT", "DIALLED", "DIRECTION", "FIRST",
        "LAST",
      ])
    // Columns are padded, so the places of the titles are where they begin and end.
    func place(_ title: String) throws -> Int {
      let index = try #require(head.indices.first { head[$0...].hasPrefix(title) })
      return head.distance(from: head.startIndex, to: index)
    }
    let column = try place("DIRECTION")..<(try place("FIRST"))
    let found = outcome.output.split(separator: "\n").dropFirst().map { line in
      line.dropFirst(column.lowerBound).prefix(column.count).split(separator: " ").joined(separator: " ")
    }
    #expect(Set(found).isSuperset(of: ["opening", "first-sender", "opening unknown"]), "\(found)")
  }

  @Test(
    "what is said to be shown is what is shown, also where the addresses of a name share a line",
    arguments: Sample.all)
  func shown(sample: Sample) throws {
    let session = try Session.of(sample)
    for words in [[], ["--bin", "learned"], ["--tier", "used"], ["--port", "443"]] {
      let table = try session.run(["flows"] + words)
      let edges = try session.run(["flows", "-o", "jsonl"] + words).output.split(separator: "\n").count
      let lines = max(0, table.output.split(separator: "\n").count - 1)
      guard edges > 0 else { continue }
      let sum = try #require(table.talk.split(separator: "\n").first { $0.hasPrefix("edges ") })
      let parts = sum.split(separator: ";").dropFirst().map(String.init)
      let all = try session.run("flows", "-o", "jsonl").output.split(separator: "\n").count
      let folded = lines == edges ? "" : " in \(lines) \(lines == 1 ? "line" : "lines")"
      let isPlain = edges == all && lines == edges
      #expect(parts == (isPlain ? [] : [" \(edges) shown\(folded)"]), "\(words): \(sum)")
    }
  }

  @Test("CSV has a row for each edge, with the address of an end that is no workload", arguments: Sample.all)
  func rows(sample: Sample) throws {
    let session = try Session.of(sample)
    let rows = try session.run("flows", "-o", "csv").output.split(separator: "\r\n").map(String.init)
    let edges = try session.run("flows", "-o", "jsonl").output.split(separator: "\n").map {
      try JSON.read(Array($0.utf8))
    }
    #expect(rows.first == "client,server,port,tier,conversations,bin,remark,client_address,server_address")
    #expect(Set(rows).count == edges.count + 1, "\(rows.count) rows, \(edges.count) edges")
    func addresses(_ edge: Node) -> String {
      ["client", "server"].map { edge[[$0, "address"]]?.string ?? "" }.joined(separator: ",")
    }
    func ending(_ row: String) -> String {
      row.split(separator: ",", omittingEmptySubsequences: false).suffix(2).joined(separator: ",")
    }
    #expect(rows.dropFirst().map(ending).sorted() == edges.map(addresses).sorted())
  }

  @Test("of many names of one address people see three and how many more there are, and scripts all")
  func manyNames() throws {
    let session = try Session.ofTheStory()
    do {
      var store = try Store(at: session.path("netpol-learn.db"), for: .writing)
      let known = try store.dnsFacts().filter { $0.key.name == "api.paygate.example" }
      let more = known.flatMap { fact in
        (1...4).compactMap { number in
          let key = fact.key
          return DNSFact(
            key: DNSFact.Key(
              hour: key.hour, recorder: key.recorder, asker: key.asker, answerer: key.answerer,
              name: "edge-\(number).example", address: key.address),
            activity: fact.activity)
        }
      }
      #expect(!more.isEmpty)
      try store.record(Batch(dns: more))
    }
    for form in ["table", "wide"] {
      let shown = try session.run("flows", "-o", form).output
      #expect(
        shown.contains("api.paygate.example edge-1.example edge-2.example and 2 more  443/TCP"), "\(shown)")
    }
    #expect(
      try session.run("flows", "-o", "csv").output.contains(
        "api.paygate.example edge-1.example edge-2.example edge-3.example edge-4.example,443/TCP"))
  }

  @Test("json tells addresses, what was dialled, names and direction; jsonl and csv do not")
  func members() throws {
    let session = try Session.ofTheStory()
    let wide = try session.run("flows", "-o", "json").output
    for member in ["clientAddresses", "serverAddresses", "dialled", "names", "direction"] {
      #expect(wide.contains("\"\(member)\": ["), "\(member)")
    }
    #expect(wide.contains("\"opening\"") && wide.contains("\"first-sender\""))
    #expect(try !session.run("flows", "-o", "jsonl").output.contains("direction"))
    #expect(try !session.run("flows", "-o", "csv").output.contains("direction"))
  }

  @Test(
    "an end is called as why calls it, and as tables do",
    arguments: [
      (["--from", "node-a"], ["node node-a"]), (["--from", "node"], ["node node-a"]),
      (["--from", "node node-a"], ["node node-a"]),
      (["--from", "Deployment/payments/api"], ["payments/api"]),
      (["--from", "payments/api-7f9c8d6b5-4nqzx"], ["payments/api"]), (["--from", "api"], ["payments/api"]),
      (["--from", "10.244.1.11"], ["payments/api"]), (["--from", "payments/postgres"], []),
    ])
  func clients(words: [String], clients: [String]) throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run(["flows", "-o", "csv"] + words)
    #expect(outcome.code == .done, "\(outcome.talk)")
    let found = outcome.output.split(separator: "\r\n").dropFirst().compactMap {
      $0.split(separator: ",").first.map(String.init)
    }
    #expect(Set(found) == Set(clients), "\(outcome.output)")
  }

  @Test(
    "an end that is asked is called so too, also by a name from DNS or its Service's",
    arguments: [
      ("10.96.0.21", "payments/postgres"), ("payments/postgres-0", "payments/postgres"),
      ("api.paygate.example", "api.paygate.example"), ("kube-system/kube-dns", "kube-system/coredns"),
      ("postgres.payments.svc", "payments/postgres"), ("StatefulSet payments/postgres", "payments/postgres"),
      ("payments/postgres", "payments/postgres"),
    ])
  func servers(name: String, server: String) throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run("flows", "-o", "csv", "--to", name)
    let found = outcome.output.split(separator: "\r\n").dropFirst().compactMap {
      $0.split(separator: ",").dropFirst().first.map(String.init)
    }
    #expect(outcome.code == .done && !found.isEmpty, "\(outcome.output)\(outcome.talk)")
    #expect(found.allSatisfy { $0.contains(server) }, "\(found)")
  }

  @Test(
    "who is nobody is told with the names that may have been meant, and not taken for somebody silent",
    arguments: [
      (["--from", "web/fronted"], "did you mean `web/frontend`?"),
      (["--to", "payments/postgrse"], "did you mean `payments/postgres`?"),
      (["--to", "nobody.example"], "nobody is called `nobody.example`"),
    ])
  func strangers(words: [String], says: String) throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run(["flows"] + words)
    #expect(outcome.code == .usage && outcome.output.isEmpty, "\(outcome.output)")
    #expect(outcome.talk.contains(says), "\(outcome.talk)")
    let namespace = try session.run("flows", "--to", "payments", "-o", "jsonl")
    #expect(namespace.code == .done && !namespace.output.isEmpty)
  }

  @Test(
    "a port is told with its protocol as why takes it, and without one stands for all",
    arguments: ["53", "53/UDP"])
  func port(port: String) throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run("flows", "--port", port, "-o", "csv")
    let ports = Set(
      outcome.output.split(separator: "\r\n").dropFirst().compactMap {
        $0.split(separator: ",").dropFirst(2).first.map(String.init)
      })
    #expect(ports == (port == "53" ? ["53/TCP", "53/UDP"] : ["53/UDP"]), "\(outcome.output)\(outcome.talk)")
  }
}
