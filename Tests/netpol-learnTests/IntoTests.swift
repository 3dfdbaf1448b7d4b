import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("Our policies are brought up to date where they lie")
struct IntoTests {
  private static let names = [
    "allow-dns", "api", "nightly", "postgres", "redis", "settle-2992", "default-deny",
  ]

  private static func expected(_ name: String) throws -> String {
    try Repository.text("\(Story.expected)/policies/networkpolicy-\(name).yaml")
  }

  private static func update(_ session: Session, _ more: String...) throws -> Session.Outcome {
    try session.run(["generate", "--ns", "payments", "--into", "@manifests"] + more)
  }

  /// A folder in which all of ours lie in one file, between things of others.
  private static func together(_ session: Session, _ change: (String, String) -> String) throws -> String {
    let hand = """
      # by hand
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: by-hand, namespace: payments}
      spec: {podSelector: {matchLabels: {app: api}}}

      """
    let ours = try names.dropLast().map { change($0, try expected($0)) }
    let text = ([hand] + ours + ["kind: Service # last\nmetadata: {name: x}"]).joined(separator: "---\n")
    try session.write(text, to: "manifests/apps/shop.yaml")
    return text
  }

  @Test("a folder without any gets them as --out writes them, and the next run changes nothing")
  func fresh() throws {
    let session = try Session.ofTheStory()
    try session.write("kind: Service\nmetadata: {name: x}\n", to: "manifests/service.yaml")
    let first = try Self.update(session)
    #expect(first.code == .done)
    #expect(first.talk.contains("updated  manifests: 0 changed, 7 new, 0 as they were\n"), "\(first.talk)")
    for name in Self.names {
      #expect(session.text(of: "manifests/networkpolicy-\(name).yaml") == (try Self.expected(name)))
    }
    let list = try Repository.text("\(Story.expected)/policies/kustomization.yaml")
    #expect(session.text(of: "manifests/kustomization.yaml") == list)
    let second = try Self.update(session)
    #expect(second.talk.contains("updated  manifests: 0 changed, 0 new, 7 as they were\n"), "\(second.talk)")
  }

  @Test("the one that changed keeps its file, its place, its comments and labels; all else stays to the byte")
  func inPlace() throws {
    let session = try Session.ofTheStory()
    var old = ""
    let before = try Self.together(session) { name, text in
      guard name == "api" else { return text }
      old = text.replacing("port: 8080", with: "port: 8081")
        .replacing("  labels:\n", with: "  annotations:\n    team: shop\n  labels:\n    a: b\n")
      return "# keep this\n" + old + "\n# and this\n"
    }
    let outcome = try Self.update(session)
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains("updated  manifests: 1 changed, 1 new, 5 as they were\n"), "\(outcome.talk)")
    let new = old.replacing("port: 8081", with: "port: 8080")
    #expect(session.text(of: "manifests/apps/shop.yaml") == before.replacing(old, with: new))
    // The new one lies beside the others; where they have no list none is made.
    #expect(
      session.text(of: "manifests/apps/networkpolicy-default-deny.yaml")
        == (try Self.expected("default-deny")))
    #expect(session.text(of: "manifests/apps/kustomization.yaml") == nil)
    #expect(session.text(of: "manifests/kustomization.yaml") == nil)
    #expect(try Self.update(session).talk.contains("0 changed, 0 new, 7 as they were"))
  }

  @Test(
    "other spellings and comments alone are no change, and a policy without a namespace stays without one")
  func sameMeaning() throws {
    let session = try Session.ofTheStory()
    let before = try Self.together(session) { name, text in
      switch name {
      case "api": text.replacing("  # frontend", with: "  # my words: frontend")
      case "redis": text.replacing("  namespace: payments\n", with: "")
      default: text
      }
    }
    #expect(try Self.update(session).talk.contains("0 changed, 1 new, 6 as they were"))
    #expect(session.text(of: "manifests/apps/shop.yaml") == before)
    let changed = before.replacing("port: 6379", with: "port: 6380")
    try session.write(changed, to: "manifests/apps/shop.yaml")
    #expect(try Self.update(session).talk.contains("updated  manifests: 2 changed"))
    // The comments within a policy are ours, and written anew with it.
    #expect(
      session.text(of: "manifests/apps/shop.yaml")
        == before.replacing("# my words: frontend", with: "# frontend"))
  }

  @Test("a dry run says what would change, and changes nothing")
  func dryRun() throws {
    let session = try Session.ofTheStory()
    let before = try Self.together(session) { _, text in text.replacing("port: 5432", with: "port: 5433") }
    let outcome = try Self.update(session, "--dry-run")
    #expect(outcome.talk.contains("would    update manifests: "), "\(outcome.talk)")
    #expect(session.text(of: "manifests/apps/shop.yaml") == before)
    #expect(session.text(of: "manifests/apps/networkpolicy-default-deny.yaml") == nil)
  }

  @Test(
    "where something can't be changed with care nothing is written",
    arguments: [
      ("odd.yaml", "windows", "`odd.yaml` is written in a way that can't be changed in place"),
      ("odd.yaml", "list", "`odd.yaml` is written in a way that can't be changed in place"),
      ("odd.yaml", "broken", "`odd.yaml` makes no sense as YAML, and seems to hold policies of ours"),
      ("odd.json", "json", "`odd.json` is written in a way that can't be changed in place"),
      ("odd.yaml", "twice", "`payments/api` stands twice, in `apps/shop.yaml` and in `odd.yaml`"),
      (
        "odd.yaml", "foreign",
        "`payments/api` in `odd.yaml` has the name of a policy of ours, and somebody else wrote it"
      ),
      (
        "apps/networkpolicy-default-deny.yaml", "other",
        "`apps/networkpolicy-default-deny.yaml` is in the way of a new policy"
      ),
    ])
  func objections(name: String, kind: String, words: String) throws {
    let session = try Session.ofTheStory()
    let before = try Self.together(session) { name, text in
      if kind == "foreign", name == "api" { return "# gone\n" }
      return text.replacing("port: 5432", with: "port: 5433")
    }
    let api = try Self.expected("api")
    let text =
      switch kind {
      case "windows":
        try Self.expected("redis").replacing("\n", with: "\r\n").replacing("redis", with: "rodis")
      case "list": "kind: List\nitems:\n- " + api.replacing("\n", with: "\n  ")
      case "broken": api + "  - [\n"
      case "json":
        #"{"kind":"NetworkPolicy","metadata":{"name":"j","namespace":"payments","labels":{"app.kubernetes.io/managed-by":"netpol-learn"}}}"#
      case "foreign": api.replacing("managed-by: netpol-learn", with: "managed-by: hand")
      case "other": "kind: Service\n"
      default: api
      }
    try session.write(text, to: "manifests/\(name)")
    let outcome = try Self.update(session)
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("\n  \(words)\n"), "\(outcome.talk)")
    #expect(session.text(of: "manifests/apps/shop.yaml") == before)
    #expect(session.text(of: "manifests/\(name)") == text)
  }

  @Test(
    "what is no longer generated is told and left, and files of others that make no sense are passed over")
  func leftovers() throws {
    let session = try Session.ofTheStory()
    let gone = try Self.expected("redis").replacing("redis", with: "gone")
    try session.write(gone, to: "manifests/deep/er/gone.yaml")
    try session.write("{{ if .x }}\n", to: "manifests/template.yaml")
    let outcome = try Self.update(session)
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains(
        "warning: 1 policy of an earlier run in `manifests` is no longer generated\n  payments/gone in deep/er/gone.yaml\n"
      ),
      "\(outcome.talk)")
    #expect(session.text(of: "manifests/deep/er/gone.yaml") == gone)
    // It is where ours lie.
    #expect(session.text(of: "manifests/deep/er/networkpolicy-api.yaml") == (try Self.expected("api")))
  }

  @Test("our list of files gets the new ones before the closed door, and another's is told")
  func lists() throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@whole")
    for name in Self.names where name != "redis" {
      try session.write(try Self.expected(name), to: "manifests/networkpolicy-\(name).yaml")
    }
    let list = try #require(session.text(of: "whole/kustomization.yaml"))
    let short = list.replacing("- networkpolicy-redis.yaml\n", with: "")
    try session.write(short, to: "manifests/kustomization.yaml")
    #expect(try Self.update(session).talk.contains("0 changed, 1 new, 6 as they were"))
    let door = "- networkpolicy-default-deny.yaml\n"
    #expect(
      session.text(of: "manifests/kustomization.yaml")
        == short.replacing(door, with: "- networkpolicy-redis.yaml\n" + door))
  }

  /// Those that are not there yet in most of these folders.
  private static let fresh = [
    "allow-dns", "api", "nightly", "postgres", "settle-2992", "default-deny",
  ]

  @Test(
    "a list that others wrote stays, and what it lacks is told with the lines to add",
    arguments: [
      ("kustomization.yaml", "kind: Kustomization\nnamePrefix: a-\nresources:\n- redis.yaml\n", "", ""),
      ("kustomization.yml", "resources:\n- redis.yaml\n", "", ""),
      ("Kustomization", "resources:\n- redis.yaml\n", "", ""),
      ("kustomization.yaml", "resources:\n- apps/redis.yaml\n", "apps", "apps/"),
      (
        "kustomization.yaml", "resources: [./other, ./apps/deep/../deep/redis.yaml]\n", "apps/deep",
        "apps/deep/"
      ),
      ("apps/kustomization.yml", "resources:\n- deep/redis.yaml\n", "apps/deep", "deep/"),
    ])
  func foreignLists(list: String, text: String, folder: String, way: String) throws {
    let session = try Session.ofTheStory()
    let redis = "manifests/\(folder.isEmpty ? "" : folder + "/")redis.yaml"
    try session.write(try Self.expected("redis"), to: redis)
    try session.write(text, to: "manifests/\(list)")
    let outcome = try Self.update(session)
    #expect(outcome.code == .done)
    let lines = Self.fresh.map { "  - \(way)networkpolicy-\($0).yaml\n" }.joined()
    #expect(
      outcome.talk.contains(
        "warning: 6 new resources are not listed in `\(list)`, which others wrote\n\(lines)hint: add these lines to its `resources`"
      ), "\(outcome.talk)")
    #expect(session.text(of: "manifests/\(list)") == text)
    #expect(!(try Self.update(session).talk.contains("not listed")))
  }

  @Test(
    "a list above that names nothing beside them is left alone, and one above a new folder is told of that")
  func listsAbove() throws {
    let session = try Session.ofTheStory()
    try session.write(try Self.expected("redis"), to: "manifests/apps/redis.yaml")
    try session.write("resources:\n- other\n", to: "manifests/kustomization.yaml")
    #expect(!(try Self.update(session).talk.contains("not listed")))
    let both = try session.run("generate", "--ns", "payments", "--ns", "web", "--into", "@manifests")
    #expect(
      both.talk.contains(
        "warning: 1 new resource is not listed in `kustomization.yaml`, which others wrote\n  - web\n"),
      "\(both.talk)")
    #expect(session.text(of: "manifests/web/kustomization.yaml") != nil)
  }

  @Test("decisions in the folder count and stay, with their comments, wherever the file lies in it")
  func decisions() throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@manifests/apps")
    let file = "manifests/apps/netpol-learn.review"
    let text = try #require(session.text(of: file))
    let place = "  port: 5432\n  protocol: TCP\n  bin: quarantined\n  finding: scan\n  tier: established\n"
    let open = place + "  decision: \"\"\n  owner: \"\"\n"
    let decided = text.replacing(
      open, with: place + "  decision: accept # for now\n  owner: alice\n")
    #expect(decided != text)
    try session.write(decided, to: file)
    let first = try Self.update(session)
    #expect(first.code == .done)
    #expect(
      first.talk.contains("decided  1 accepted in manifests/apps/netpol-learn.review\n"), "\(first.talk)"
    )
    #expect(first.talk.contains("accepted edge: manifests/apps/netpol-learn.review\n"), "\(first.talk)")
    let policy = try #require(session.text(of: "manifests/apps/networkpolicy-postgres.yaml"))
    #expect(policy.contains("accepted by alice"))
    let renewed = try #require(session.text(of: file))
    #expect(renewed.contains("# for now\n- client: Pod payments/debug-shell\n"), "\(renewed)")
    #expect(renewed.contains("decision: accept\n  owner: alice\n"))
    #expect(session.text(of: "manifests/netpol-learn.review") == nil)
    // Nothing is revoked by the next run, with or without the file named.
    let second = try Self.update(session)
    #expect(second.talk.contains("updated  manifests: 0 changed, 0 new, 8 as they were\n"), "\(second.talk)")
    let third = try Self.update(session, "--accept", "@" + file)
    #expect(third.talk == second.talk)
    #expect(session.text(of: file) == renewed)
    #expect(session.text(of: "manifests/apps/networkpolicy-postgres.yaml") == policy)
  }

  @Test("entries of another namespace stay when one is brought up to date")
  func otherNamespaces() throws {
    let session = try Session.ofTheStory()
    try session.write("kind: Service\nmetadata: {name: x}\n", to: "manifests/service.yaml")
    let other = try session.run("generate", "--ns", "payments", "--ns", "web", "--into", "@manifests")
    #expect(other.code == .done, "\(other.talk)")
    let file = "manifests/netpol-learn.review"
    let both = try #require(session.text(of: file))
    let elsewhere = "client: Pod payments/debug-shell\n  server: StatefulSet payments/postgres\n"
    #expect(both.contains(elsewhere), "\(both)")
    #expect(try session.run("generate", "--ns", "web", "--into", "@manifests").code == .done)
    #expect(session.text(of: file) == both)
    // What nobody was seen to do, and nobody wrote anything to, does not stay.
    try session.write(
      both.replacing("StatefulSet payments/postgres", with: "StatefulSet payments/gone"), to: file)
    #expect(try session.run("generate", "--ns", "web", "--into", "@manifests").code == .done)
    #expect(session.text(of: file)?.contains("gone") == false)
  }

  @Test("where the review file can't be written nothing is")
  func allOrNone() throws {
    let session = try Session.ofTheStory()
    try session.write("x", to: "manifests/netpol-learn.review/x")
    let outcome = try Self.update(session)
    #expect(outcome.code == .refused || outcome.code == .usage, "\(outcome.talk)")
    #expect(outcome.talk.contains("`manifests/netpol-learn.review`"), "\(outcome.talk)")
    #expect(session.text(of: "manifests/networkpolicy-api.yaml") == nil)
  }

  @Test(
    "an --into that makes no sense is wrong usage",
    arguments: [
      ["--into", ""], ["--into", "-"], ["--into", "x", "-o", "json"], ["--into", "x", "--out", "y"],
    ])
  func usage(words: [String]) throws {
    let outcome = try Session().run(["generate", "--ns", "payments"] + words)
    #expect(outcome.code == .usage && outcome.talk.contains("--into"), "\(outcome.talk)")
  }

  @Test("a folder that is not there is a mistake")
  func missing() throws {
    let outcome = try Self.update(try Session.ofTheStory())
    #expect(outcome.code == .usage && outcome.talk.contains("no such file or folder: `manifests`"))
  }
}
