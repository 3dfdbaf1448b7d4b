import FlowStore
import Traffic

/// 2026-11-20T08:00:00Z, the beginning of an hour.
let morning = Instant(seconds: 1_795_161_600)

func at(_ seconds: Int64, nanoseconds: Int64 = 0) -> Instant {
  Instant(nanoseconds: morning.advanced(bySeconds: seconds).nanoseconds + nanoseconds)
}

func address(_ text: String) -> Address { Address(text) ?? Address(bits: 0) }

/// A fact whose conversations began at these moments of one hour.
func fact(
  _ client: String, _ server: String, _ port: UInt16, at moments: [Instant] = [morning],
  recorder: String = "node-a", transport: Transport = .tcp, tier: Tier = .used,
  direction: Direction = .opening, dialled: Socket? = nil, interface: UInt32 = 2, part: UInt16 = 0,
  conversations: UInt64? = nil, lasting: Int64 = 0
) -> Fact? {
  guard let first = moments.first else { return nil }
  var activity = Activity(at: first)
  for moment in moments.dropFirst() { activity.note(moment) }
  return Fact(
    key: Fact.Key(
      hour: first.hour, recorder: recorder, client: address(client), server: address(server), port: port,
      transport: transport, tier: tier, direction: direction, dialled: dialled, interface: interface,
      part: part),
    conversations: conversations ?? UInt64(moments.count), activity: activity,
    lastMinute: activity.last.minutes + lasting)
}

func answer(
  _ name: String, _ found: String, at moment: Instant = morning, recorder: String = "node-a"
) -> DNSFact? {
  DNSFact(
    key: DNSFact.Key(
      hour: moment.hour, recorder: recorder, asker: address("10.244.1.5"), answerer: address("10.96.0.10"),
      name: name, address: address(found)),
    activity: Activity(at: moment))
}

/// One of everything, with the corners of each column.
///
/// The fixtures of older versions hold it: it may be added to only together with a new version.
enum Sample {
  static let facts: [Fact] = [
    fact(
      "10.244.1.5", "10.244.2.7", 8080,
      at: [at(0), at(61, nanoseconds: 7), at(3599, nanoseconds: 999_999_999)]),
    fact(
      "10.244.1.5", "10.244.2.8", 5432, at: [at(7200)],
      dialled: Socket(address("10.96.44.1"), 5432), interface: .max, part: .max),
    fact("fd00::1", "2001:db8::443", 443, recorder: "node-b", conversations: UInt64(Int64.max)),
    fact("10.244.1.5", "10.96.0.10", 53, transport: .udp, tier: .replied, direction: .firstSender),
    fact("10.244.1.9", "10.244.2.7", 65535, transport: .sctp, tier: .attempted),
    fact(
      "10.244.1.9", "10.244.2.7", 0, tier: .established, direction: .unknown,
      dialled: Socket(address("10.244.1.9"), 40_000)),
    fact("0.0.0.0", "::", 1, at: [Instant(nanoseconds: -1)], tier: .refused),
    fact("255.255.255.255", "::ffff:0:0:1", 1, at: [.distantPast], tier: .oneWay),
    fact("10.0.0.1", "10.0.0.2", 1, at: [.distantFuture], tier: .answered),
  ].compactMap(\.self)

  /// What stores of version 6 and later hold beside those: conversations that lasted for a day.
  static let lasting = [fact("10.244.1.5", "10.244.2.7", 6379, at: [at(5), at(65)], lasting: 1_441)]
    .compactMap(\.self)

  /// What stores of version 7 and later hold beside those: what was sent in others' names.
  static let spoofed = [
    fact("10.244.1.11", "10.244.2.20", 8125, transport: .udp, tier: .oneWay, direction: .firstSender),
    fact("10.244.1.11", "10.244.2.20", 8125, at: [at(3600)], tier: .attempted, conversations: 9),
  ].compactMap(\.self)

  /// What was sent in others' names, in a store of this version.
  static func spoofed(version: Int) -> [Fact] { version < 7 ? [] : spoofed }

  /// The facts of a store of this version.
  static func facts(version: Int) -> [Fact] { version < 6 ? facts : facts + lasting }

  static let dns: [DNSFact] = [
    answer("api.paygate.example", "198.51.100.7"), answer("api.paygate.example", "2001:db8::7"),
    answer("db.local", "10.96.44.1", at: at(3600), recorder: "node-b"),
  ].compactMap(\.self)

  static let losses = [
    Loss(recorder: "node-a", interface: 0, from: morning, until: at(10), received: 4_794, dropped: nil),
    Loss(recorder: "node-a", interface: 3, from: at(10), until: at(20), received: 20_012, dropped: 18_584),
  ]

  static let gaps = [Gap(recorder: "node-a", from: at(20), until: at(620))]

  /// The reasons that the fixture of version 1 holds.
  private static let reasons: [Passed] = [
    .arp, .icmp, .multicast, .fragment, .otherTransport, .otherProtocol, .cut, .malformed, .loopback,
    .linkType,
    .overflowOnce,
  ]

  static let passed = reasons.enumerated().map { index, reason in
    PassedFrames(recorder: "node-a", reason: reason, count: UInt64(index) + 1)
  }

  static let imports = [
    ImportedFile(
      fingerprint: "17:ab", recorder: "node-a", name: "captures/node-a.pcap", packets: 4_794,
      seen: morning...at(82)),
    ImportedFile(fingerprint: "0:00", recorder: "node-b", name: "empty.pcap", packets: 0, seen: nil),
  ]

  static let objects = [
    StoredObject(
      kind: "Namespace", namespace: "", name: "web", uid: "", from: .distantPast, body: "{}"),
    StoredObject(
      kind: "Pod", namespace: "web", name: "frontend-1", uid: "u-1", version: 7, from: morning,
      until: at(60), body: #"{"ip":"10.244.1.5","note":"ä\u0000"}"#),
    StoredObject(
      kind: "Pod", namespace: "web", name: "frontend-2", uid: "u-2", version: .max, from: at(61), body: ""),
  ]

  /// What stores of version 4 and later hold beside those: an earlier look of an object.
  static let looks = [
    StoredObject(
      kind: "Pod", namespace: "web", name: "frontend-2", uid: "u-2", look: "10.244.1.6", version: 8,
      from: at(61),
      body: #"{"ip":"10.244.1.6"}"#)
  ]

  /// The objects of a store of this version.
  static func objects(version: Int) -> [StoredObject] {
    objects + (version < 4 ? [] : looks) + (version < 5 ? [] : told)
  }

  /// What stores of version 5 and later hold beside those: an object that a list told.
  private static let told = [
    StoredObject(
      kind: "Pod", namespace: "web", name: "frontend-3", uid: "u-3", version: 9, from: at(61), told: at(70),
      body: "{}")
  ]

  /// What stores of version 5 and later hold beside those.
  static let lists = [
    StoredList(moment: .distantPast, body: ""),
    StoredList(moment: at(60), body: #"{"kinds":{"Pod":"9"},"note":"ä\u0000"}"#),
    StoredList(moment: at(60), body: #"{"kinds":{}}"#),
  ]

  /// The lists of a store of this version.
  static func lists(version: Int) -> [StoredList] { version < 5 ? [] : lists }

  static let batch = Batch(
    facts: facts, dns: dns, losses: losses, gaps: gaps, passed: passed, imports: imports)
}
