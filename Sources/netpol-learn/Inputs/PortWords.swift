public import Console
import Review
import Traffic

// Ports and protocols as they are typed.

extension Question.Port: OptionValue {
  init?(typed text: String) { self.init(text) }
  var typed: String { description }
  static var expectation: String { "a number from 1 to 65535, or the name of a port" }
}

extension Transport: OptionValue {
  init?(typed text: String) { self.init(name: text.uppercased()) }
  var typed: String { name }
  static var choices: [String] { allCases.map(\.name) }
  static var expectation: String { "one of \(choices.joined(separator: ", "))" }
}
