/// Where a command talks to people: data to standard output, talk to standard error.
public struct Terminal {
  /// The way out for data.
  public private(set) var output: Outlet
  /// The way out for talk.
  public private(set) var error: Outlet
  /// The variables that the run can see.
  public let environment: Environment
  /// How much is said, and in what colours.
  public var talk = Talk()

  private var progress = Progress()

  /// The terminal, pipes or files that this process was started with.
  public static func standard(_ environment: Environment = .process) -> Terminal {
    Device.letWritesFail()
    return Terminal(
      output: Outlet(descriptor: 1), error: Outlet(descriptor: 2), environment: environment)
  }

  /// One that remembers what is written; with a number of columns it poses as a terminal.
  public static func inMemory(columns: Int? = nil, _ environment: Environment = Environment([:])) -> Terminal
  {
    Terminal(
      output: Outlet(inMemory: columns), error: Outlet(inMemory: columns), environment: environment)
  }

  init(output: Outlet, error: Outlet, environment: Environment) {
    self.output = output
    self.error = error
    self.environment = environment
  }
}

// What it can tell.
extension Terminal {
  /// Whether data is shown in colours.
  public var isOutputColored: Bool { talk.color.applies(to: output, environment) }

  /// Whether talk is shown in colours.
  public var isErrorColored: Bool { talk.color.applies(to: error, environment) }

  /// The width to lay text out for: the terminal's, within what reads well.
  public var width: Int { min(max(output.columns ?? 80, 80), 100) }
}

// Data.
extension Terminal {
  /// Writes data as it is.
  public mutating func write(_ text: String) {
    if output.isTerminal { erase() }
    output.write(text)
  }

  /// Writes data and ends the line.
  public mutating func print(_ line: String = "") {
    write(line + "\n")
  }

  /// Writes a table, with its colours where they are shown.
  public mutating func print<Row>(_ table: Table<Row>) {
    write(table.text(colored: isOutputColored))
  }
}

// Talk.
extension Terminal {
  /// Says a line, unless quiet is asked for.
  public mutating func say(_ line: String) {
    guard !talk.isQuiet else { return }
    utter([VisibleText.escaped(line)])
  }

  /// Says a line that begins with what was done: `read     node-a.pcap`.
  public mutating func say(_ deed: String, _ text: String) {
    guard !talk.isQuiet else { return }
    let padding = String(repeating: " ", count: max(1, 9 - VisibleText.width(deed)))
    let colored = Style.done.applied(to: VisibleText.escaped(deed), isErrorColored)
    utter([colored + padding + VisibleText.escaped(text)])
  }

  /// Says a line only when much is asked for.
  public mutating func whisper(_ line: String) {
    guard talk.isVerbose else { return }
    say(line)
  }

  /// Says what the next step is, unless quiet is asked for.
  public mutating func hint(_ text: String) {
    guard !talk.isQuiet else { return }
    utter([Complaint.line(hint: text, isErrorColored)])
  }

  /// Says what is doubtful, also when quiet is asked for.
  public mutating func warn(_ message: String, detail: [String] = [], hint: String? = nil) {
    let complaint = Complaint(message, detail: detail, hint: hint, exitCode: .done)
    utter(complaint.lines(as: .warning, colored: isErrorColored))
  }

  /// Says what went wrong, also when quiet is asked for.
  public mutating func report(_ complaint: Complaint) {
    utter(complaint.lines(as: .error, colored: isErrorColored))
  }

  /// Shows how far a long task has come, where people look and quiet is not asked for.
  public mutating func progress(_ line: String, at now: ContinuousClock.Instant = .now) {
    guard error.isTerminal, !talk.isQuiet else { return }
    guard let drawing = progress.drawing(line, columns: error.columns ?? 80, at: now) else { return }
    error.write(drawing)
    error.flush()
  }

  /// Lets everything out; answers with a complaint where data was lost.
  public mutating func finish() -> Complaint? {
    erase()
    output.flush()
    error.flush()
    return output.failure.map {
      Complaint("cannot write to standard output: \($0)", exitCode: .machine)
    }
  }

  /// Data that was written before goes out before, so that both read in order on one screen.
  private mutating func utter(_ lines: [String]) {
    erase()
    output.flush()
    error.write(lines.joined(separator: "\n") + "\n")
    error.flush()
  }

  private mutating func erase() {
    guard let erasing = progress.erasing() else { return }
    error.write(erasing)
    error.flush()
  }
}
