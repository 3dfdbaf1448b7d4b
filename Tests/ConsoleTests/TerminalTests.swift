@testable import Console
import Testing

@Suite struct TerminalTests {
  private func run(
    _ words: [String], columns: Int? = nil, _ variables: [String: String] = [:]
  ) -> (code: ExitCode, output: String, error: String) {
    var terminal = Terminal.inMemory(columns: columns, Environment(variables))
    let code = Demo.program.run(words, on: &terminal)
    return (code, terminal.output.text, terminal.error.text)
  }

  @Test("data goes to one outlet and talk to the other")
  func outlets() {
    let answer = run(["paint", "-o", "json"])
    #expect(answer.code == .done)
    #expect(answer.output == "data\n")
    #expect(answer.error == "painted  demo.db as json\n")
  }

  @Test("quiet leaves errors alone, verbose adds talk")
  func talk() {
    #expect(run(["paint", "-q"]).error == "")
    #expect(run(["paint", "-v"]).error == "painted  demo.db as text\nvery carefully\n")
    #expect(run(["paint", "-qv"]).error == "")
    #expect(run(["fail", "-q"]).error.hasPrefix("error: "))
  }

  @Test(
    "an error is said with its evidence and the next step, and ends with its code",
    arguments: ExitCode.allCases)
  func errors(code: ExitCode) {
    let answer = run(["fail", "--code", "\(code.rawValue)"])
    #expect(answer.code == code)
    #expect(answer.output == "")
    #expect(
      answer.error == """
        error: 12 conversations of `payments/api` have no owner
          10.244.3.0/24  3 addresses
        hint: add an inventory

        """)
  }

  @Test("an error that has no words of its own is the machine's")
  func unforeseenError() {
    let answer = run(["fail", "--code", "9"])
    #expect(answer.code == .machine)
    #expect(answer.error == "error: Unforeseen()\n")
  }

  @Test("a mistyped command line is wrong usage")
  func usage() {
    let answer = run(["flail"])
    #expect(answer.code == .usage)
    #expect(answer.error == "error: unknown command `flail`\nhint: did you mean `fail`?\n")
  }

  @Test("what was typed cannot command the terminal")
  func hostileWords() {
    #expect(
      run(["\u{1B}[2J\nerror: all is well"]).error.hasPrefix("error: unknown command `\\u{1b}[2J\\nerror"))
  }

  @Test("help and version are data")
  func help() {
    #expect(run(["--version"]).output == "demo 1.2.3\n")
    #expect(run(["help"]).output == HelpPage.overview(of: Demo.program, width: 80))
    #expect(run(["ask", "--help"], columns: 200).output.contains("--policies PATH"))
    #expect(run(["help"]).error == "")
  }

  @Test(
    "the width is the terminal's, from 80 to 100", arguments: zip([nil, 40, 90, 300], [80, 80, 90, 100]))
  func width(columns: Int?, width: Int) {
    #expect(Terminal.inMemory(columns: columns).width == width)
  }

  @Test(
    "colours are shown on a terminal that has them, and always or never when asked for",
    arguments: [
      (80, ["TERM": "xterm"], Coloring.auto, true), (nil, ["TERM": "xterm"], .auto, false),
      (80, ["TERM": "dumb"], .auto, false), (80, [:], .auto, false), (80, ["TERM": ""], .auto, false),
      (80, ["TERM": "xterm", "NO_COLOR": "1"], .auto, false),
      (80, ["TERM": "xterm", "NO_COLOR": ""], .auto, true),
      (nil, ["NO_COLOR": "1"], .always, true), (80, ["TERM": "xterm"], .never, false),
    ] as [(Int?, [String: String], Coloring, Bool)])
  func colours(columns: Int?, variables: [String: String], when: Coloring, shown: Bool) {
    var terminal = Terminal.inMemory(columns: columns, Environment(variables))
    terminal.talk.color = when
    #expect(terminal.isOutputColored == shown)
    #expect(terminal.isErrorColored == shown)
  }

  @Test("a colour has one meaning, and the words stay the same")
  func colouredError() {
    #expect(
      run(["flail", "--color=always"]).error == "error: unknown command `flail`\nhint: did you mean `fail`?\n"
    )
    #expect(
      run(["fail", "--color", "always"]).error.hasPrefix("\u{1B}[31merror:\u{1B}[0m 12 conversations"))
    #expect(run(["fail", "--color", "always"]).error.contains("\u{1B}[36mhint:\u{1B}[0m add"))
  }

  @Test("progress is one line, drawn only now and then, and gone when something is said")
  func progress() {
    var terminal = Terminal.inMemory(columns: 20)
    let start = ContinuousClock.now
    terminal.progress("read 1 packet", at: start)
    terminal.progress("read 2 packets", at: start + .milliseconds(50))
    terminal.progress("read 3 packets of a very long file", at: start + .milliseconds(100))
    terminal.say("done")
    terminal.say("really")
    #expect(
      terminal.error.text == "\rread 1 packet\u{1B}[K\rread 3 packets of …\u{1B}[K\r\u{1B}[Kdone\nreally\n")
  }

  @Test("progress that nobody looks at is not drawn, and a finished run leaves none")
  func progressElsewhere() {
    var pipe = Terminal.inMemory()
    pipe.progress("read 1 packet")
    #expect(pipe.error.text == "")
    var screen = Terminal.inMemory(columns: 80)
    screen.progress("read 1 packet")
    #expect(screen.finish() == nil)
    #expect(screen.error.text.hasSuffix("\r\u{1B}[K"))
  }

  @Test("of two ends the graver one counts: the highest of 5, 4, 3 and 1")
  func exitCodes() {
    for (index, code) in [ExitCode.done, .usage, .difference, .input, .refused, .machine].enumerated() {
      for (other, second) in [ExitCode.done, .usage, .difference, .input, .refused, .machine].enumerated() {
        #expect(code.and(second) == (index > other ? code : second))
      }
    }
    #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
  }
}
