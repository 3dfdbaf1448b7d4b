import Console
import Documents
import Support

/// What was measured, as it is kept: a line for the setting, then one for every trial.
struct Results {
  /// Where and when.
  let setting: Setting
  /// All runs, in order.
  let trials: [Trial]

  init(_ setting: Setting, _ trials: [Trial]) {
    self.setting = setting
    self.trials = trials
  }

  /// What was kept of a benchmark; nil where nothing was.
  init?(of name: String) throws {
    guard let bytes = try? FileBytes.read(Checkout.results(of: name)) else { return nil }
    let nodes = try bytes.split(separator: UInt8(ascii: "\n")).map { try JSON.read(Array($0)) }
    let broken = Complaint("`\(Checkout.results(of: name))` is no list of results", exitCode: .input)
    guard let first = nodes.first, let setting = Setting(first) else { throw broken }
    self.setting = setting
    trials = try nodes.dropFirst().map { node in
      guard let trial = Trial(node) else { throw broken }
      return trial
    }
  }

  /// Keeps them, in the place of those kept before.
  func keep(as name: String) throws {
    let lines = ([setting.node] + trials.map(\.node)).map { JSON.write($0) + "\n" }
    try FileBytes.write(Array(lines.joined().utf8), to: Checkout.results(of: name))
  }
}
