import Console
import Kubernetes

/// The policies of the manifests that a command about recorded traffic was given.
struct GivenPolicies {
  let policies: [NetworkPolicy]
  /// How the run ends at least: with `input` where something could not be read.
  let exitCode: ExitCode

  /// Reads all of these paths as one set, and says what could not be read.
  ///
  /// Whom the policies are about the inventory tells; other objects beside them count for nothing.
  init(
    _ paths: [String], _ namespaces: NamespaceOptions, on terminal: inout Terminal
  ) throws {
    let world = try World(manifests: paths, namespaces: namespaces.names)
    try world.requireAnything()
    world.tell(on: &terminal)
    if world.policies.isEmpty {
      let names = paths.map { "`\($0)`" }.joined(separator: ", ")
      terminal.warn("no NetworkPolicy is in \(names), so everything passes")
    }
    let staged = world.passedOver[Dialect.calicoStaged.kind] ?? 0
    if staged > 0 {
      terminal.warn(
        "\(staged.counted("staged policy", "staged policies")) \(staged == 1 ? "was" : "were") passed over: what is staged is in force nowhere",
        hint: "to ask what they would do, generate them without `--dialect calico-staged`")
    }
    policies = world.policies
    exitCode = world.exitCode
  }
}
