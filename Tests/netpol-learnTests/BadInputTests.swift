import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("What makes no sense is told, with the next step, and nothing is half-written")
struct BadInputTests {
  struct Case: CustomTestStringConvertible {
    let words: [String]
    let code: ExitCode
    let says: String
    let hint: String?

    init(_ words: String..., code: ExitCode, says: String, hint: String?) {
      (self.words, self.code, self.says, self.hint) = (words, code, says, hint)
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  @Test(
    "on an empty place",
    arguments: [
      Case("flwos", code: .usage, says: "unknown command `flwos`", hint: "did you mean `flows`?"),
      Case("flows", "--formt", "json", code: .usage, says: "unknown option `--formt`", hint: nil),
      Case("flows", "-o", "xml", code: .usage, says: "not `xml`", hint: nil),
      Case("flows", "--bin", "learnd", code: .usage, says: "not `learnd`", hint: "did you mean `learned`?"),
      Case("flows", code: .usage, says: "no store at `netpol-learn.db`", hint: "`netpol-learn learn`"),
      Case("learn", code: .usage, says: "`--read FILE` is missing", hint: "`netpol-learn learn --help`"),
      Case("learn", "-r", "@nowhere.pcap", code: .usage, says: "`nowhere.pcap` is not there", hint: nil),
      Case("learn", "-r", "@", code: .usage, says: "is a folder, not a capture", hint: nil),
      Case(
        "learn", "-r", "samples/payments/story.txt", code: .input,
        says: "is not a capture: it looks like text", hint: "pcap and pcapng are read"),
      Case(
        "learn", "-r", "@empty.pcap", code: .input, says: "`empty.pcap` is empty",
        hint: "was the recording ended before it began"),
      Case(
        "learn", "-r", "samples/payments/node-a.pcap", "--cluster", "@broken.yaml", code: .input,
        says: "`broken.yaml:2` is not a list of cluster objects", hint: nil),
      Case(
        "learn", "-r", "samples/payments/node-a.pcap", "--cluster", "@nowhere.json", code: .usage,
        says: "no such file or folder: `nowhere.json`", hint: nil),
      Case(
        "learn", "-r", "samples/payments/node-a.pcap", "--cluster", "/dev/zero", code: .usage,
        says: "`/dev/zero` is a device, not a file", hint: "`- < /dev/zero`"),
      Case(
        "reach", "--manifests", "/dev/urandom", code: .usage, says: "`/dev/urandom` is a device, not a file",
        hint: "standard input"),
      Case("cluster", code: .usage, says: "`--cluster SOURCE` is missing", hint: nil),
      Case("cluster", "--cluster", "@broken.yaml", code: .input, says: "`broken.yaml:2`", hint: nil),
    ])
  func emptyPlace(row: Case) throws {
    let session = try Session()
    try session.write([], to: "empty.pcap")
    try session.write("kind: Pod\n  name: [\n", to: "broken.yaml")
    try check(row, in: session)
    #expect(session.text(of: "netpol-learn.db") == nil, "a store was made though nothing was learned")
  }

  @Test(
    "on the payments story",
    arguments: [
      Case(
        "generate", code: .usage, says: "which namespace?",
        hint: "say `--ns NAME` or `-A`; known are default, ingress-nginx"),
      Case(
        "generate", "--ns", "payment", code: .usage, says: "nobody has a namespace `payment`",
        hint: "payments"),
      Case("flows", "--ns", "nobody", code: .usage, says: "nobody has a namespace `nobody`", hint: nil),
      Case("flows", "--since", "yesterday", code: .usage, says: "not `yesterday`", hint: nil),
      Case("diff", "--ns", "payments", code: .usage, says: "`--against PATH` is missing", hint: nil),
      Case(
        "diff", "--ns", "payments", "--against", "@nowhere", code: .usage,
        says: "no such file or folder: `nowhere`", hint: nil),
      Case(
        "diff", "--ns", "payments", "--against", "@broken.yaml", code: .input,
        says: "`broken.yaml:2` is not a manifest", hint: nil),
      Case(
        "diff", "--ns", "payments", "--against", "@invalid.yaml", code: .input,
        says: "`payments/p` in `invalid.yaml` is no valid NetworkPolicy", hint: nil),
      Case(
        "generate", "--ns", "payments", "--max-loss", "200", code: .usage,
        says: "`--max-loss` needs a share in percent", hint: nil),
      Case(
        "generate", "--ns", "payments", "--out", "@broken.yaml", code: .usage, says: "is no folder", hint: nil
      ),
    ])
  func story(row: Case) throws {
    let session = try Session.ofTheStory()
    try session.write("kind: Pod\n  name: [\n", to: "broken.yaml")
    try session.write(
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: p, namespace: payments}
      spec:
        podSelector: {}
        ingress:
        - ports:
          - port: 70000
      """, to: "invalid.yaml")
    try check(row, in: session)
  }

  private func check(_ row: Case, in session: Session) throws {
    let outcome = try session.run(row.words)
    #expect(outcome.code == row.code)
    #expect(outcome.output.isEmpty, "data was written: \(outcome.output)")
    #expect(outcome.talk.split(separator: "\n").contains { $0.hasPrefix("error: ") }, "\(outcome.talk)")
    #expect(outcome.talk.contains(row.says), "\(outcome.talk)")
    if let hint = row.hint {
      let lines = outcome.talk.split(separator: "\n").filter { $0.hasPrefix("hint: ") }
      #expect(lines.contains { $0.contains(hint) }, "\(outcome.talk)")
    }
  }

  @Test("a capture cut in its last record is learned up to there, with a note")
  func cutShort() throws {
    let session = try Session()
    let whole = try Repository.read(Story.capture)
    try session.write(Array(whole.dropLast(9)), to: "cut.pcap")
    let outcome = try session.run("learn", "-r", "@cut.pcap", "--cluster", Story.cluster)
    #expect(outcome.code == .done)
    #expect(outcome.talk.contains("warning: `cut.pcap` ends within a record at byte"))
  }

  @Test("a damaged capture is learned up to the damage, and the run ends with 3")
  func damaged() throws {
    let session = try Session()
    var bytes = try Repository.read(Story.capture)
    for index in 40_000..<41_000 { bytes[index] = 0xFF }
    try session.write(bytes, to: "damaged.pcap")
    let outcome = try session.run("learn", "-r", "@damaged.pcap", "--cluster", Story.cluster)
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("error: `damaged.pcap` is damaged at byte"))
    #expect(try session.run("flows").output.contains("payments/api"))
  }

  @Test("an empty store shows nothing and ends well")
  func emptyStore() throws {
    let session = try Session()
    try session.write([], to: "netpol-learn.db")
    let outcome = try session.run("flows")
    #expect(outcome.code == .done)
    #expect(outcome.output.isEmpty)
  }

  @Test("a need that would be cut stops generation with 4, and nothing is written")
  func refused() throws {
    let session = try Session()
    _ = try session.run("learn", "-r", Story.capture)
    // Everything but the pods of the API is known, so the API's traffic is nobody's.
    let text = try Repository.text(Story.cluster)
    #expect(text.contains("\"api-7f9c8d6b5-4nqzx\""))
    let hidden = text.replacing("10.244.1.11", with: "10.244.9.11").replacing(
      "10.244.2.11", with: "10.244.9.12")
    try session.write(hidden, to: "cluster.json")
    let outcome = try session.run(
      "generate", "--ns", "payments", "--cluster", "@cluster.json", "--out", "@policies")
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("error: "))
    #expect(outcome.talk.contains("hint: load a list that was saved at that time"))
    #expect(session.text(of: "policies/kustomization.yaml") == nil)
  }

  @Test(
    "standard input can be named once, whichever options name it",
    arguments: [
      ["generate", "-n", "payments", "--against", "-", "--cluster", "-"],
      ["generate", "-n", "payments", "--networks", "-", "--accept", "-"],
      ["diff", "-n", "payments", "--against", "-", "--cluster", "-"],
      ["diff", "--against", "-", "--policies", Story.manifests, "--cluster", "-"],
      ["diff", "--against", "-", "--policies", "-"], ["replay", "-A", "--policies", "-", "--accept", "-"],
      ["replay", "-A", "--policies", "-", "--policies", "-"], ["lint", "-", "--cluster", "-"],
      ["reach", "--manifests", "-", "--queries", "-"], ["learn", "-r", "-", "--cluster", "-"],
    ])
  func standardInput(words: [String]) throws {
    let outcome = try Session.ofTheStory().run(words)
    #expect(outcome.code == .usage && outcome.output.isEmpty)
    #expect(outcome.talk.contains("standard input can be read once"), "\(outcome.talk)")
  }
}
