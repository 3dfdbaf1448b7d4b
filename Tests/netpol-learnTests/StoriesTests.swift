import Console
import Documents
import Kubernetes
import TestSupport
import Testing

@testable import netpol_learn

@Suite("Every story from the capture to the policies")
struct StoriesTests {
  @Test("each command says what was agreed", arguments: Sample.all.filter { $0 != .payments })
  func goldens(sample: Sample) throws {
    let session = try Session()
    let learned = try session.run("learn", "-r", sample.capture, "--cluster", sample.cluster)
    #expect(learned.code == .done)
    expectGolden(learned.talk, "\(sample.expected)/learn.txt")
    for (name, words) in [
      ("flows", ["flows"]), ("generate", ["generate"] + sample.namespaceOptions),
    ] {
      let outcome = try session.run(words)
      #expect(outcome.code == .done, "\(words)")
      expectGolden(
        "$ netpol-learn \(words.joined(separator: " "))\n\(outcome.output)\n--- talk\n\(outcome.talk)",
        "\(sample.expected)/\(name).txt")
    }
  }

  @Test("the files of a pull request are what was agreed, and no others", arguments: Sample.all)
  func files(sample: Sample) throws {
    let session = try Session.of(sample)
    let outcome = try session.run(["generate", "--out", "@policies"] + sample.namespaceOptions)
    #expect(outcome.code == .done, "\(outcome.talk)")
    let made = Self.files(in: session.path("policies"))
    #expect(made.contains { $0.hasSuffix("networkpolicy-default-deny.yaml") })
    for file in made {
      expectGolden(try #require(session.text(of: "policies/\(file)")), "\(sample.expected)/policies/\(file)")
    }
    #expect(Self.files(in: Repository.absolute("\(sample.expected)/policies")) == made)
  }

  @Test(
    "every policy is valid as a server sees it, and says the same when it is written again",
    arguments: Sample.all)
  func validity(sample: Sample) throws {
    let output = try Session.of(sample).run(["generate"] + sample.namespaceOptions).output
    let documents = try YAML.read(Array(output.utf8), limits: .manifests)
    #expect(documents.count > 2)
    let policies = try documents.map {
      try NetworkPolicy($0, file: "policies.yaml", defaultNamespace: "nowhere")
    }
    let again = YAML.write(policies.map(\.node))
    #expect(Self.withoutComments(again) == Self.withoutComments(output))
    let reread = try YAML.read(Array(again.utf8), limits: .manifests).map(\.bare)
    #expect(reread == documents.map(\.bare))
  }

  private static func withoutComments(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }
  }

  /// The files in a folder and in those within it, by their paths from there.
  private static func files(in folder: String) -> [String] {
    FileNames.of(folder).flatMap { name in
      name.contains(".") ? [name] : files(in: "\(folder)/\(name)").map { "\(name)/\($0)" }
    }
  }
}
