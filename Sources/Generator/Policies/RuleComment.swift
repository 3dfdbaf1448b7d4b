import Documents

/// The words above a rule: whom it is for, on ports of which names, and what a reviewer must know of it.
///
/// However many names there are, they take no more than a line, and what must be known stands whole: beside them, or on
/// a line of its own where there is no room.
struct RuleComment {
  let names: Set<String>
  /// The ports' names, and where only some have one the numbers of the others.
  let portNames: Set<String>
  let remark: String?
  /// Who accepted what it is for; empty texts where nobody says so.
  var approvals: Set<String> = []

  /// The widest a line gets.
  private static let room = 100

  /// The lines.
  var lines: [String] {
    let ports = portNames.sorted { one, other in
      (UInt16(one) ?? .max, one) < (UInt16(other) ?? .max, other)
    }
    let doors =
      switch portNames.count {
      case 0: ""
      case 1: ", to port \(Self.few(ports, room: 30))"
      default: ", to ports \(Self.few(ports, room: 30))"
      }
    let head = Self.few(names.sorted(), room: Self.room - doors.utf8.count) + doors
    let tail = (remark ?? "") + approval
    if head.utf8.count + tail.utf8.count <= Self.room { return [head + tail] }
    return [head, String(tail.drop { ",:; ".contains($0) })]
  }

  private var approval: String {
    guard !approvals.isEmpty else { return "" }
    let owners = approvals.filter { !$0.isEmpty }
    return owners.isEmpty ? "; accepted" : "; accepted by \(Self.few(owners.sorted(), room: 30))"
  }

  /// The first of some names, as many as there is room for, and how many more there are.
  ///
  /// Names come from the cluster and from DNS, so what cannot be seen in them is spelled out before they are measured.
  private static func few(_ names: [String], room: Int) -> String {
    let names = names.map(\.printable)
    guard names.count > 1, let last = names.last else { return cut(names.first ?? "", to: room) }
    let all = names.dropLast().joined(separator: ", ") + " and " + last
    if names.count <= most, all.utf8.count <= room { return all }
    var shown: [String] = []
    for name in names.prefix(min(most, names.count - 1)) {
      let list = (shown + [name]).joined(separator: ", ") + more(than: shown.count + 1, of: names)
      guard list.utf8.count <= room else { break }
      shown.append(name)
    }
    guard shown.isEmpty else { return shown.joined(separator: ", ") + more(than: shown.count, of: names) }
    let rest = more(than: 1, of: names)
    return cut(names[0], to: room - rest.utf8.count) + rest
  }

  /// More names than this tell a reviewer nothing.
  private static let most = 8

  private static func more(than shown: Int, of names: [String]) -> String {
    " and \(names.count - shown) more"
  }

  /// The beginning of a text that is spelled out, so that each character is a byte; and no part of a spelled-out one.
  private static func cut(_ text: String, to room: Int) -> String {
    guard text.utf8.count > room else { return text }
    let kept = text.prefix(max(0, room - 3))
    guard let escape = kept.lastIndex(of: "\\"), text[escape...].hasPrefix("\\u{"),
      !kept[escape...].contains("}")
    else { return kept + "..." }
    return kept[..<escape] + "..."
  }
}
