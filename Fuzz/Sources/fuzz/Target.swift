/// A reader of foreign bytes, with the laws it must keep whatever they are.
///
/// A new one is a file that makes one, and a line in `all`.
struct Target: Sendable {
  /// What it is called on the command line, and its folder beneath `Corpus`.
  let name: String
  /// Tries the laws; a law that is broken ends the program.
  let attempt: @Sendable ([UInt8]) -> Void

  /// Every target.
  static let all = [yaml, json, capture, frames, conversations, dns]
}

/// Ends the program where a law is broken, which the fuzzer takes for a finding.
func law(_ holds: Bool, _ words: @autoclosure () -> String) {
  guard !holds else { return }
  fatalError("law broken: \(words())")
}
