public import Traffic

extension PolicySet {
  /// Whether a connection is allowed: the verdict without its reasons, for those who ask millions of times.
  public func allows(
    from source: Standing, to destination: Standing, port: UInt16, transport: Transport,
    over family: Family? = nil
  ) -> Bool {
    if isOnePod(source.party, destination.party) { return true }
    return passes(Crossing(.egress, from: source, to: destination, over: family), port, transport)
      && passes(Crossing(.ingress, from: source, to: destination, over: family), port, transport)
  }

  private func passes(_ crossing: Crossing, _ port: UInt16, _ transport: Transport) -> Bool {
    let isolators = crossing.subject.isolators(crossing.direction)
    return isolators.isEmpty
      || isolators.contains { place in
        policies[place].rules(crossing.direction).enumerated().contains { number, rule in
          crossing.covers(rule.ports, port, transport)
            && match(rule.peers, place, rule: number, crossing) != .none
        }
      }
  }
}
