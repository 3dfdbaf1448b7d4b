/// A path of a file or folder, without steps that lead nowhere.
struct FilePath: Hashable, Sendable {
  private let steps: [Substring]
  private let isAbsolute: Bool

  init(_ text: String) {
    isAbsolute = text.hasPrefix("/")
    var steps: [Substring] = []
    for step in text.split(separator: "/") where step != "." {
      if step == "..", let last = steps.last, last != ".." {
        steps.removeLast()
      } else {
        steps.append(step)
      }
    }
    self.steps = steps
  }

  /// The path as text.
  var text: String { (isAbsolute ? "/" : "") + steps.joined(separator: "/") }
  /// The path of the folder that it is in.
  var folder: String { (isAbsolute ? "/" : "") + steps.dropLast().joined(separator: "/") }
  /// The last step.
  var name: String { steps.last.map(String.init) ?? "" }
}
