import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("What the program says of itself")
struct HelpTests {
  @Test("every declaration makes sense, and every example is accepted")
  func declarations() {
    #expect(Main.program.validate().map(\.description) == [])
  }

  @Test("the help of the program and of every command is what was agreed")
  func pages() throws {
    let session = try Session()
    expectGolden(try session.run("help").output, "Tests/netpol-learnTests/Golden/help.txt")
    for command in Main.program.commands {
      let name = command.name
      let long = try session.run(name, "--help")
      #expect(long.code == .done)
      expectGolden(long.output, "Tests/netpol-learnTests/Golden/help-\(name).txt")
      expectGolden(
        try session.run(name, "-h").output, "Tests/netpol-learnTests/Golden/help-\(name)-short.txt")
      #expect(try session.run("help", name).output == long.output)
    }
  }

  @Test("help lists the commands that exist and no others")
  func commands() throws {
    let page = try Session().run("--help").output
    for command in Main.program.commands { #expect(page.contains("\n  \(command.name) ")) }
    for later in ["probes", "doctor", "report"] {
      #expect(!page.contains("\n  \(later) "))
    }
  }

  @Test("the version is one word after the name")
  func version() throws {
    #expect(try Session().run("--version").output == "netpol-learn 0.1.0\n")
  }
}
