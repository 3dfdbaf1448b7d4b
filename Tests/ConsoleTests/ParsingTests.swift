@testable import Console
import Testing

@Suite struct ParsingTests {
  private func paint(_ words: [String], _ variables: [String: String] = [:]) throws -> Paint? {
    guard case .run(let command) = try Demo.program.invocation(of: ["paint"] + words, Environment(variables))
    else { return nil }
    return command as? Paint
  }

  private func refusal(_ words: [String], _ variables: [String: String] = [:]) -> Complaint? {
    do {
      _ = try Demo.program.invocation(of: words, Environment(variables))
      return nil
    } catch {
      return error.complaint
    }
  }

  @Test(
    "a value can be typed in every way that kubectl and git know",
    arguments: [
      ["-o", "json"], ["-ojson"], ["-o=json"], ["--output", "json"], ["--output=json"], ["-so", "json"],
      ["-sdojson"], ["-o", "text", "--output", "json"],
    ])
  func valueForms(words: [String]) throws {
    #expect(try paint(words)?.form == .json)
  }

  @Test("what is not typed keeps its default")
  func defaults() throws {
    let command = try paint([])
    #expect(command?.form == .text)
    #expect(command?.out == nil)
    #expect(command?.interfaces == ["any"])
    #expect(command?.isFramed == true)
    #expect(command?.shared.store == "demo.db")
    #expect(command?.talk.color == .auto)
  }

  @Test("short flags can be typed as one word")
  func bundles() throws {
    let command = try paint(["-sdq"])
    #expect(command?.isStrict == true)
    #expect(command?.isDry == true)
    #expect(command?.talk.isQuiet == true)
  }

  @Test("a negatable flag is switched off with --no-, and the last word counts")
  func negation() throws {
    #expect(try paint(["--no-frame"])?.isFramed == false)
    #expect(try paint(["--no-frame", "--frame"])?.isFramed == true)
  }

  @Test("the first of repeated values takes the place of the default, the others follow")
  func repetition() throws {
    #expect(try paint(["-i", "eth0", "-ieth1"])?.interfaces == ["eth0", "eth1"])
    #expect(try paint(["--ns", "a", "-n", "b", "--namespace=c"])?.shared.namespaces == ["a", "b", "c"])
  }

  @Test("a dash is a value, an empty text is one, and so is what looks like a negative number")
  func oddValues() throws {
    #expect(try paint(["--db", "-"])?.shared.store == "-")
    #expect(try paint(["--db="])?.shared.store == "")
    #expect(try paint(["--depth", "-3"])?.depth == -3)
    #expect(try paint(["--db=--strict"])?.shared.store == "--strict")
    #expect(try paint(["--db", "a=b"])?.shared.store == "a=b")
  }

  @Test("an environment variable stands in for an option that is not typed")
  func variables() throws {
    #expect(try paint([], ["DEMO_DB": "x.db"])?.shared.store == "x.db")
    #expect(try paint([], ["DEMO_DB": ""])?.shared.store == "demo.db")
    #expect(try paint(["--db", "y.db"], ["DEMO_DB": "x.db"])?.shared.store == "y.db")
  }

  @Test("arguments and options can be mixed, and nothing after -- is an option")
  func arguments() throws {
    let words = ["ask", "web", "--policies", "p", "80", "--", "--policies", "-"]
    guard case .run(let command) = try Demo.program.invocation(of: words) else { return }
    let ask = try #require(command as? Ask)
    #expect(ask.from == "web")
    #expect(ask.port == 80)
    #expect(ask.rest == ["--policies", "-"])
    #expect(ask.policies == ["p"])
  }

  @Test(
    "help and version are asked for in the usual ways",
    arguments: zip(
      [
        ["--help"], ["-h"], ["help"], ["help", "help"], ["help", "paint"], ["paint", "--help"],
        ["paint", "-h"], ["paint", "-sh"],
        ["ask", "--help"], ["--version"],
      ],
      [
        "overview", "overview", "overview", "overview", "paint", "paint", "paint short", "paint short", "ask",
        "version",
      ]))
  func help(words: [String], expected: String) throws {
    let answer =
      switch try Demo.program.invocation(of: words) {
      case .overview: "overview"
      case .version: "version"
      case .help(let command, let isShort):
        command.name + (isShort && words.last != "-h" || isShort ? " short" : "")
      case .run: "run"
      }
    #expect(answer == expected)
  }

  @Test(
    "a command line that makes no sense is refused in words",
    arguments: [
      ([], "no command is given", "`demo help` lists them"),
      (["pant"], "unknown command `pant`", "did you mean `paint`?"),
      (["zzz"], "unknown command `zzz`", "`demo help` lists the commands"),
      (["help", "asks"], "unknown command `asks`", "did you mean `ask`?"),
      (["help", "ask", "x"], "`x` is one word too many", "`demo help --help` shows what it takes"),
      (
        ["--db", "x", "paint"], "`--db` stands before the command",
        "options follow it, as in `demo COMMAND --db`"
      ),
      (["--versoin"], "unknown option `--versoin`", "did you mean `--version`?"),
      (["paint", "--formt"], "unknown option `--formt`", "`demo paint --help` lists the options"),
      (["paint", "--dephts", "1"], "unknown option `--dephts`", "did you mean `--depth`?"),
      (["paint", "--no-farme"], "unknown option `--no-farme`", "did you mean `--no-frame`?"),
      (["paint", "--name"], "unknown option `--name`", "did you mean `--namespace`?"),
      (["paint", "-strict"], "unknown option `-strict`", "did you mean `--strict`?"),
      (["paint", "-x"], "unknown option `-x`", "`demo paint --help` lists the options"),
      (["paint", "-namespace=x"], "unknown option `-namespace=x`", "did you mean `--namespace`?"),
      (["paint", "-sdx"], "unknown option `-x`", "`demo paint --help` lists the options"),
      (["paint", "--no-strict"], "unknown option `--no-strict`", "`demo paint --help` lists the options"),
      (["paint", "--strict=yes"], "`--strict` takes no value, but has `yes`", ""),
      (["paint", "--no-frame=no"], "`--no-frame` takes no value, but has `no`", ""),
      (["paint", "-o", "jsn"], "`-o` needs one of text, json, yaml, not `jsn`", "did you mean `json`?"),
      (["paint", "--output=xml"], "`--output` needs one of text, json, yaml, not `xml`", ""),
      (["paint", "--depth", "deep"], "`--depth` needs a whole number, not `deep`", ""),
      (["paint", "--out"], "`--out` needs a value", "write it as `--out DIR`"),
      (
        ["paint", "--out", "--strict"], "`--out` needs a value, and `--strict` is an option",
        "write `--out=--strict`"
      ),
      (["paint", "surplus"], "`surplus` is one word too many", "`demo paint --help` shows what it takes"),
      (["ask", "web"], "`--policies PATH` is missing", "`demo ask --help` says what it is for"),
      (["ask", "--policies", "p"], "`FROM` is missing", "`demo ask --help` says what it is for"),
      (["ask", "a", "70000", "--policies", "p"], "`PORT` needs a number from 0 to 65535, not `70000`", ""),
    ] as [([String], String, String)])
  func refusals(words: [String], message: String, hint: String) throws {
    let complaint = try #require(refusal(words))
    #expect(complaint.message.contains(message))
    #expect((complaint.hint ?? "").contains(hint))
    #expect(complaint.hint != nil || hint.isEmpty)
    #expect(complaint.exitCode == .usage)
  }

  @Test("a variable stands in for a required option, and is named when it makes no sense")
  func badVariable() throws {
    #expect(refusal(["ask", "web"], ["DEMO_POLICIES": "p"]) == nil)
    let complaint = try #require(refusal(["fail"], ["DEMO_CODE": "x"]))
    #expect(complaint.message == "`$DEMO_CODE` needs a whole number, not `x`")
  }

  @Test(
    "the nearest word is found by letters left out, added, changed or swapped",
    arguments: zip(
      ["genrate", "generatee", "genorate", "geenrate", "gnerte", "gen", "xyz"],
      ["generate", "generate", "generate", "generate", "generate", "generate", nil]))
  func suggestions(word: String, expected: String?) {
    #expect(Suggestion.nearest(to: word, among: ["learn", "generate", "flows", "diff"]) == expected)
  }
}
