import Kubernetes
import Traffic

/// Where the two ends of possible pairs live, and in which direction the policies of the subject's namespace are
/// looked at.
struct Encounter {
  let direction: PolicyDirection
  /// The subject's namespace, which has the policies that are looked at.
  let namespace: String
  let subject: Home
  let peer: Home

  /// Every pair that may have its ends there.
  var pairs: Possibility? { Possibility().narrowed(subject.terms(of: .subject) + peer.terms(of: .peer)) }

  /// The direction in which the peer's own policies look at the pair.
  var opposite: PolicyDirection { direction == .ingress ? .egress : .ingress }

  private var isOutsideAsked: Bool { direction == .egress && peer == .outside }

  /// The claims that must hold for a grant of the subject's namespace to let a pair through; nil where it never does.
  func terms(_ way: GrantWay, _ ports: GrantPorts) -> [Term]? {
    guard let ports = ports.terms(isOutsideAsked: isOutsideAsked) else { return nil }
    guard let wanted = way.peer else { return way.subject.terms(of: .subject) + ports }
    guard let claims = wanted.terms(of: .peer, at: peer, in: namespace) else { return nil }
    return way.subject.terms(of: .subject) + claims + ports
  }

  /// The same for a grant of the peer's namespace.
  func termsOfPeer(_ way: GrantWay, _ ports: GrantPorts) -> [Term]? {
    guard let home = peer.name, let ports = ports.terms(isOutsideAsked: isOutsideAsked) else { return nil }
    guard let wanted = way.peer else { return way.subject.terms(of: .peer) + ports }
    guard let claims = wanted.terms(of: .subject, at: subject, in: home) else { return nil }
    return way.subject.terms(of: .peer) + claims + ports
  }

  /// The claims under which each grant of the subject's namespace lets a pair through.
  func claims(of regime: Regime) -> [[Term]] {
    regime.inOrder.flatMap { grant in grant.ports(besides: nil).compactMap { terms(grant.way, $0) } }
  }

  /// The same for the grants of the peer's namespace.
  func claimsOfPeer(_ regime: Regime) -> [[Term]] {
    regime.inOrder.flatMap { grant in grant.ports(besides: nil).compactMap { termsOfPeer(grant.way, $0) } }
  }

  /// The ways in which two ends can speak to each other: over IPv4, or over IPv6.
  static let oneFamily = [AddressSpans.version4OrNone, .version6OrNone].map { spans in
    WitnessSearch.Way(
      terms: [PairEnd.subject, .peer].map { Term(trait: .address($0), scope: .addresses(spans)) })
  }
}
