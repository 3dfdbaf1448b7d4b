import Console
import Glibc

/// The program: its commands in the order in which people meet them.
@main
enum Main {
  static let program = Program(
    name: "netpol-learn", version: "0.1.0",
    summary: "Kubernetes NetworkPolicies from what pods really do",
    commands: [
      Learn.self, Cluster.self, Flows.self, StatusCommand.self, Generate.self, Diff.self, ReplayCommand.self,
      Why.self, ReachCommand.self, LintCommand.self, Merge.self,
    ])

  static func main() {
    FileSizeLimit.answersWrites()
    var terminal = Terminal.standard()
    let code = program.run(Array(CommandLine.arguments.dropFirst()), on: &terminal)
    exit(code.rawValue)
  }
}
