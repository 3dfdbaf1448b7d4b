import Console

/// A small program in C that does the least that must be done, built when it is needed.
enum Reference {
  /// The path of the program, newly built.
  static func build(_ name: String, linking libraries: [String] = [], in folder: String) throws -> String {
    let program = "\(folder)/\(name)"
    let source = Checkout.path("Benchmarks/Reference/\(name).c")
    let compiler = ChildProcess(
      program: "gcc",
      arguments: ["-O3", "-Wall", "-Wextra", "-Werror", "-o", program, source] + libraries.map { "-l\($0)" })
    let end = try compiler.run(in: folder)
    guard end.isDone else {
      throw Complaint(
        "`gcc` can't build `\(source)`", detail: end.talk.split(separator: "\n").map(String.init),
        exitCode: .machine)
    }
    return program
  }
}
