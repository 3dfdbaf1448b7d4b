import Console
import Glibc
import Support

/// A program that is run to its end, and what it used.
struct ChildProcess {
  /// The program's path.
  var program: String
  /// The words after the program's name.
  var arguments: [String] = []
  /// The file that it reads as standard input.
  var input = "/dev/null"
  /// The file that it prints to, where that is to be kept.
  var output: String?

  /// How a run ended.
  struct End {
    /// What it printed; nothing where it was kept in a file.
    let output: String
    /// What it said.
    let talk: String
    /// Whether it ended by itself with exit code 0.
    let isDone: Bool
    /// What it used.
    let usage: Usage
    /// Whether the system killed it, as it does when its seconds on a processor are over.
    let isKilled: Bool

    /// Whether so many seconds on a processor were over; the system counts them in coarse ticks.
    func isOutOfTime(_ limit: Int) -> Bool { isKilled && usage.cpu > 0.9 * Double(limit) }
  }

  /// Runs it; what it prints goes to files in the folder.
  func run(in folder: String) throws -> End {
    let (printed, said) = (output ?? "\(folder)/stdout", "\(folder)/stderr")
    let child = try start(printing: printed, saying: said)
    var status: Int32 = 0
    var usage = rusage()
    // Both are the call's for its length, and the child is one that nobody else waits for.
    while unsafe wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw trouble(errno) }
    }
    return End(
      output: output == nil ? String(decoding: try FileBytes.read(printed), as: UTF8.self) : "",
      talk: String(decoding: try FileBytes.read(said), as: UTF8.self), isDone: status == 0,
      usage: Usage(usage), isKilled: status & 0x7F == SIGKILL || status & 0x7F == SIGXCPU)
  }

  /// The same, ended by the system after so many seconds on a processor.
  func limited(to seconds: Int?) -> ChildProcess {
    guard let seconds else { return self }
    var limited = self
    limited.program = "bash"
    limited.arguments = ["-c", "ulimit -t \(seconds); exec \"$@\"", "bash", program] + arguments
    return limited
  }

  private func start(printing printed: String, saying said: String) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    // The list of actions is made here and ended here; paths are copied into it.
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { throw trouble(errno) }
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    let writing = O_WRONLY | O_CREAT | O_TRUNC
    let files: [(Int32, String, Int32)] = [(0, input, O_RDONLY), (1, printed, writing), (2, said, writing)]
    for (descriptor, path, flags) in files {
      let code = unsafe posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o644)
      guard code == 0 else { throw trouble(code) }
    }
    // Copies of the words, ended by the null that the call wants; they are freed after it.
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    // The environment is this process's own, which nobody changes.
    let code = unsafe posix_spawnp(&child, program, &actions, nil, &words, environ)
    guard code == 0 else { throw trouble(code) }
    return child
  }

  private func trouble(_ code: Int32) -> Complaint {
    Complaint("can't run `\(program)`: \(SystemError(code))", exitCode: .machine)
  }
}
