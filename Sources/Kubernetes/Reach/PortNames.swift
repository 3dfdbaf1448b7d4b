import Traffic

/// The named ports that rules ask for, and what each pod has under these names.
struct PortNames {
  /// The ports of rules, each different list once.
  private(set) var lists: [Ports] = []
  /// Whether a list has names in it, so that its meaning hangs on the destination.
  private(set) var hasNames: [Bool] = []
  private var numbers: [Ports: Int] = [:]
  private var names: Set<String> = []
  private var namings: [[ContainerPort]: Int] = [[]: 0]
  /// The ports that are declared under names that rules ask for, each different list once; none is the first.
  private(set) var declared: [[ContainerPort]] = [[]]

  /// The number of a rule's ports.
  mutating func number(of ports: Ports) -> Int {
    if let known = numbers[ports] { return known }
    var asked = false
    if case .only(let wanted) = ports {
      for case .named(_, let name) in wanted {
        names.insert(name)
        asked = true
      }
    }
    numbers[ports] = lists.count
    lists.append(ports)
    hasNames.append(asked)
    return lists.count - 1
  }

  private func isAsked(_ port: ContainerPort) -> Bool {
    guard let name = port.name else { return false }
    return names.contains(name)
  }

  /// The number of what a pod declares under the names that rules ask for.
  mutating func naming(of ports: [ContainerPort]) -> Int {
    guard !names.isEmpty, ports.contains(where: { isAsked($0) }) else { return 0 }
    var kept = ports.count == 1 ? ports : ports.filter { isAsked($0) }
    if kept.count > 1 {
      kept.sort { ($0.name ?? "", $0.number, $0.transport) < ($1.name ?? "", $1.number, $1.transport) }
    }
    if let known = namings[kept] { return known }
    namings[kept] = declared.count
    declared.append(kept)
    return declared.count - 1
  }
}
