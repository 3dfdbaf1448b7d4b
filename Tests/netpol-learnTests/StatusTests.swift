import Console
import Documents
import FlowStore
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("A store says what it knows, and what it doesn't")
struct StatusTests {
  /// A store with conversations of three hours, of recorders that counted what they lost and one that didn't.
  private static func session() throws -> Session {
    let session = try Session()
    var store = try Store(at: session.path("netpol-learn.db"), for: .writing)
    let start = Instant(seconds: 1_800_000_000)
    func at(_ minute: Int64) -> Instant { start.advanced(bySeconds: minute * 60) }
    let facts = try [("a", Int64(0)), ("a", 70), ("b", 70), ("c", 130)].map { recorder, minute in
      let key = Fact.Key(
        hour: at(minute).hour, recorder: recorder, client: try #require(Address("10.244.1.5")),
        server: try #require(Address("10.244.2.5")), port: 80, transport: .tcp, tier: .used,
        direction: .opening)
      return try #require(Fact(key: key, conversations: 2, activity: Activity(at: at(minute))))
    }
    try store.record(
      Batch(
        facts: facts,
        losses: [
          Loss(recorder: "a", interface: 0, from: at(0), until: at(90), received: 990, dropped: 10),
          Loss(recorder: "b", interface: 0, from: at(0), until: at(60), received: 500, dropped: 0),
          Loss(recorder: "b", interface: 0, from: at(60), until: at(90), received: 500, dropped: nil),
        ], gaps: [Gap(recorder: "a", from: at(91), until: at(120))]))
    return session
  }

  @Test("loss that was counted is told, and loss that nobody counted is unknown and not zero")
  func loss() throws {
    let status = try Self.session().run("status")
    #expect(status.code == .done)
    #expect(
      status.output.contains(
        "loss           at least 10 of 1,500 packets (0.7 %); unknown for 1 of 3 recorders; "
          + "counted in part by 1 of 3 recorders\n"),
      "\(status.output)")
    #expect(
      status.output.contains("gap            a: 2027-01-15T09:31:00Z to 2027-01-15T10:00:00Z\n"),
      "\(status.output)")
    let document = try JSON.read(Array(try Self.session().run("status", "-o", "json").output.utf8))
    let dropped = document["recorders"]?.sequence?.map { $0["dropped"] }
    #expect(dropped?.map { $0?.integer } == [10, nil, nil])
  }

  @Test("what is not attributed has its reason, its largest edge, and the line that would help")
  func doubts() throws {
    let status = try Self.session().run("status")
    #expect(
      status.output.contains(
        "there is no inventory      1              6  10.244.1.5 → 10.244.2.5 80/TCP ×6\n"),
      "\(status.output)")
    #expect(
      status.talk.contains("kubectl get pods,svc,endpointslices,nodes")
        && status.talk.contains("--cluster -`"),
      "\(status.talk)")
    #expect(status.output.contains("\nno need was seen: nothing becomes a rule yet\n"), "\(status.output)")
  }

  @Test("as long as the last hour taught new needs it is told to go on")
  func lastHour() throws {
    let status = try Session.ofTheStory().run("status")
    let row = try #require(status.output.split(separator: "\n").last)
    #expect(row.hasSuffix(" 6"), "\(row)")
    #expect(
      status.talk.contains(
        "hint: 6 needs were new in the last hour: go on recording while hours teach new ones\n"),
      "\(status.talk)")
    // Three hours of which the last taught nothing.
    #expect(try !Self.session().run("status").talk.contains("new in the last hour"))
  }

  @Test("the accounting is that of the namespaces asked for, with the six keys, and its parts add up")
  func accounting() throws {
    let session = try Session.ofTheStory()
    for words in [["-A"], [], ["--ns", "payments"], ["--ns", "web", "--ns", "kube-system"]] {
      let document = try JSON.read(Array(try session.run(["status", "-o", "json"] + words).output.utf8))
      for thing in ["edges", "conversations"] {
        let counts = try #require(document[["accounting", thing]]?.mapping)
        #expect(
          counts.map(\.key) == ["seen", "learned", "baseline", "quarantined", "unattributed", "outOfScope"])
        let numbers = counts.compactMap(\.value.integer)
        #expect(numbers[0] > 0 && numbers[0] == numbers.dropFirst().reduce(0, +), "\(words): \(thing)")
        let tiers = (document["tiers"]?.sequence ?? []).compactMap { $0[thing]?.integer }
        #expect(tiers.reduce(0, +) == numbers[0], "\(words): \(thing) by tier")
        let doubts = (document["unattributed"]?.sequence ?? []).compactMap { $0[thing]?.integer }
        #expect(doubts.reduce(0, +) == numbers[4], "\(words): \(thing) not attributed")
      }
      let lines = try session.run(["flows", "-o", "jsonl"] + words).output.split(separator: "\n")
      #expect(document[["accounting", "edges", "seen"]]?.integer == lines.count)
      let needs = (document["hours"]?.sequence ?? []).compactMap { $0["newNeeds"]?.integer }.reduce(0, +)
      let learned = document[["accounting", "edges", "learned"]]?.integer ?? 0
      #expect(needs == learned + (document[["accounting", "edges", "baseline"]]?.integer ?? 0), "\(words)")
    }
  }

  @Test("every edge that is not attributed has a reason, in every form of flows")
  func reasons() throws {
    let session = try Session.ofTheStory()
    for form in ["json", "jsonl"] {
      let output = try session.run("flows", "-o", form, "--bin", "unattributed").output
      let edges =
        form == "json"
        ? try JSON.read(Array(output.utf8)).sequence ?? []
        : try output.split(separator: "\n").map { try JSON.read(Array($0.utf8)) }
      #expect(edges.count == 2)
      #expect(edges.allSatisfy { !($0["reason"]?.string ?? "").isEmpty })
    }
    let wide = try session.run("flows", "-o", "wide", "--bin", "unattributed").output
    #expect(wide.contains("address changed hands") && wide.contains("no pod is known to have held it"))
  }

  @Test("an empty store says so, and ends well", arguments: ["table", "json"])
  func empty(form: String) throws {
    let session = try Session()
    try session.write([], to: "netpol-learn.db")
    let status = try session.run("status", "-o", form)
    #expect(status.code == .done)
    #expect(status.talk == "nothing is recorded in netpol-learn.db\n")
    if form == "json" {
      let document = try JSON.read(Array(status.output.utf8))
      #expect(document[["accounting", "edges", "seen"]]?.integer == 0)
      #expect(document["window"]?.isNull == true)
    } else {
      #expect(status.output.hasPrefix("store          netpol-learn.db: 0 facts, and no inventory\n"))
    }
  }

  @Test("a namespace that nobody has is a mistake, and a time without traffic is told")
  func questions() throws {
    let session = try Session.ofTheStory()
    #expect(try session.run("status", "--ns", "nowhere").code == .usage)
    let late = try session.run("status", "--since", "2030-01-01T00:00:00Z")
    #expect(late.code == .done && late.talk.contains("nothing is recorded in netpol-learn.db for that time"))
  }

  @Test(
    "flows, status and generate count the same edges where people decided the same",
    arguments: [["--cni", "kindnet"], ["--accept", "@yes.review"]])
  func agreement(words: [String]) throws {
    let session = try Session.ofTheStory()
    try session.write(
      """
      kind: Review
      edges:
      - client: Pod payments/debug-shell
        server: StatefulSet payments/postgres
        port: 5432
        protocol: TCP
        decision: accept
        owner: ada
      """, to: "yes.review")
    func edges(_ command: String, _ words: [String]) throws -> Node? {
      let outcome = try session.run([command, "--ns", "payments", "-o", "json"] + words)
      #expect(outcome.code == .done, "\(outcome.talk)")
      return try JSON.read(Array(outcome.output.utf8))
    }
    func accounting(_ command: String, _ words: [String]) throws -> String? {
      try edges(command, words)?["accounting"].map { JSON.write($0) }
    }
    let generated = try edges("generate", words)?["accounting"]
    #expect(try accounting("generate", words) != accounting("generate", []))
    #expect(try accounting("status", words) == accounting("generate", words))
    let bins = try edges("flows", words)?.sequence?.compactMap { $0["bin"]?.string } ?? []
    #expect(bins.count { $0 == "learned" } == generated?[["edges", "learned"]]?.integer)
    #expect(bins.count { $0 == "baseline" } == generated?[["edges", "baseline"]]?.integer)
  }

  @Test("JSON tells what was lost as people read it: the share, what found no room, and who counted in part")
  func lossDocument() throws {
    let session = try Session.ofTheStory()
    let document = try JSON.read(Array(try session.run("status", "-o", "json").output.utf8))
    let loss = document["loss"]
    #expect(loss?["percent"]?.value == .null && loss?["unknownRecorders"]?.integer == 1)
    #expect(loss?["conversationsWithoutRoom"]?.integer == 0 && loss?["namesWithoutRoom"]?.integer == 0)
    #expect(loss?["received"]?.integer == 0 && loss?["dropped"]?.integer == 0)
  }
}
