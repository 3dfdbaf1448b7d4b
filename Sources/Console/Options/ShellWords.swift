/// The words of a command line as a shell splits it, as far as examples need.
enum ShellWords {
  /// Each command of a line: pipes and `;` part them, redirections are left out, quotes hold words together.
  static func calls(in line: String) -> [[String]] {
    var calls: [[String]] = [[]]
    var isTarget = false
    for word in words(of: line) {
      switch word {
      case .sign("|"), .sign(";"), .sign("&"): calls.append([])
      case .sign: isTarget = true
      case .text where isTarget: isTarget = false
      case .text(let text): calls[calls.count - 1].append(text)
      }
    }
    return calls.filter { !$0.isEmpty }
  }

  private enum Word: Equatable {
    case text(String)
    case sign(Character)
  }

  private static func words(of line: String) -> [Word] {
    var words: [Word] = []
    var current: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { current = (current ?? "") + String(character) }
        continue
      }
      switch character {
      case "'", "\"":
        quote = character
        current = current ?? ""
      case " ", "|", ";", "&", "<", ">":
        if let text = current { words.append(.text(text)) }
        current = nil
        if character != " " { words.append(.sign(character)) }
      default:
        current = (current ?? "") + String(character)
      }
    }
    return words + (current.map { [.text($0)] } ?? [])
  }
}
