import Kubernetes
import Review
import Testing
import Traffic

/// Sets of which every policy was exchanged for another.
@Suite struct ExchangeTests {
  /// Policies for one application each, in one namespace; each lets two others in and asks one.
  private func policies(_ port: UInt16, count: Int) throws -> [NetworkPolicy] {
    let ports = try #require(PortRange(port).map { Ports.only(.range(.tcp, $0)) })
    return (0..<count).map { number in
      func labels(_ number: Int) -> LabelSelector {
        LabelSelector(["app.kubernetes.io/instance": "prod", "app.kubernetes.io/name": "a\(number % count)"])
      }
      return NetworkPolicy(
        namespace: "shop", name: "a\(number)", subject: labels(number), isolates: .both,
        ingress: [Rule(.only(.pods(labels(number + 1)), .pods(labels(number + 7))), ports)],
        egress: [
          Rule(.only(.pods(labels(number + count - 1)), .pods(labels(number + count - 7))), ports)
        ])
    }
  }

  @Test("where each policy is about its own pods, everything is decided, however many they are")
  func whole() throws {
    let count = 500
    let (before, after) = (try policies(80, count: count), try policies(81, count: count))
    let difference = Difference(from: PolicySet(before), to: PolicySet(after), among: [NamedParty]())
    #expect(difference.undecided.isEmpty, "\(difference.undecided.count) are not decided")
    // Each way is closed for one port and opened for another, by a rule at each end.
    #expect(difference.changes.count == 2 * count)
    #expect(difference.changes.allSatisfy { $0.isSymbolic && $0.kind == .changed && $0.causes.count == 4 })
  }
}
