public import Console
import Generator
import Traffic

// The tiers and bins as they are typed.

extension Tier: OptionValue {
  init?(typed text: String) { self.init(name: text) }
  var typed: String { name }
  static var choices: [String] { allCases.map(\.name) }
  static var expectation: String { "one of \(choices.joined(separator: ", "))" }
}

extension Bin: OptionValue {}
