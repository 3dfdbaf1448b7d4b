import Generator
import Kubernetes
import Traffic

/// Finds whose pods are cut where others of the same workload pass.
struct Parting {
  private let client: End
  private let server: End
  private var meetings: [(Hearing.Meeting, isAllowed: Bool)] = []

  init(_ client: End, _ server: End) {
    self.client = client
    self.server = server
  }

  /// Notes what becomes of a meeting.
  mutating func note(_ meeting: Hearing.Meeting, isAllowed: Bool) {
    meetings.append((meeting, isAllowed))
  }

  /// Whose pods are cut; nil where all fare alike.
  var words: String? {
    guard Set(meetings.map(\.isAllowed)).count > 1 else { return nil }
    let today = meetings.filter { $0.0.client.look.age == .today && $0.0.server.look.age == .today }
    if !today.isEmpty, today.allSatisfy(\.isAllowed) {
      let isComing = meetings.allSatisfy { meeting, isAllowed in
        isAllowed || [meeting.client, meeting.server].contains { $0.look.age == .tomorrow }
      }
      if isComing { return "today's pods pass, and those of the next roll-out do not" }
    }
    let cut = shut(client, \.client) + shut(server, \.server)
    guard cut.isEmpty else { return "not for \(ChangeWords.names(cut))" }
    let families = Set(meetings.filter { !$0.isAllowed }.compactMap(\.0.family))
    return families.count == 1 ? families.first.map { "not over \($0)" } : "not for all of either end's"
  }

  /// The looks of an end that pass nowhere where others do, in words, each once.
  private func shut(_ end: End, _ side: KeyPath<Hearing.Meeting, Looks.Seen>) -> [String] {
    let passing = meetings.filter(\.isAllowed).map { $0.0[keyPath: side] }
    let open = Set(passing.map(\.look))
    let cut = meetings.map { $0.0[keyPath: side] }.filter { !open.contains($0.look) }
    return cut.reduce(into: []) { list, look in
      let other = passing.first { $0.kind == look.kind } ?? passing[0]
      let words = "\(end)\(Self.mark(of: look, besides: other))"
      if !list.contains(words) { list.append(words) }
    }
  }

  /// What tells a look from one that passes.
  private static func mark(of one: Looks.Seen, besides other: Looks.Seen) -> String {
    if one.kind == other.kind {
      return " at \(one.look.party.addresses.all.map(\.description).joined(separator: " and "))"
    }
    if case .tomorrow = one.look.age { return " after the next roll-out" }
    let (mine, theirs) = (labels(one), labels(other))
    let own = mine.filter { theirs[$0.key] != $0.value }.sorted { $0.key < $1.key }.map {
      "\($0.key)=\($0.value)"
    }
    let missing = theirs.keys.filter { mine[$0] == nil }.sorted().map { "without \($0)" }
    let marks = own + missing
    return marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
  }

  private static func labels(_ seen: Looks.Seen) -> Labels { seen.look.party.selectable?.labels ?? [:] }
}
