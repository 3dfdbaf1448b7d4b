import Support

/// A capture as it is taken on a node of a cluster, made by chance; the same plan makes the same bytes.
///
/// Conversations of every kind run at once, and each packet is seen as often as a node sees it: through a Service before
/// and after its address was translated, on the device `any` at both ends of its way. Every conversation is ended before
/// the file is, so that what must be learned from it is known.
public struct TrafficWorld: Sendable {
  private let plan: Plan

  /// How large a capture is wanted, and of what kind.
  public struct Plan: Hashable, Sendable {
    /// How many bytes the file has before the last conversations are ended.
    public var bytes: Int
    /// The form of the file.
    public var form: CaptureForm
    /// The form of its frames.
    public var link: FrameLink
    /// How much of each frame is kept.
    public var snapLength: Int
    /// How many conversations run at once.
    public var active: Int
    /// How many times as long each connection is.
    public var lengthening: Int
    /// Which conversations there are.
    public var mix: Mix
    /// How many pods there are.
    public var pods: Int
    /// How many Services there are.
    public var services: Int
    /// What the chance begins with.
    public var seed: UInt64

    /// A plan.
    public init(
      bytes: Int, form: CaptureForm = .classic, link: FrameLink = .ethernet, snapLength: Int = 262_144,
      active: Int = 4_096, lengthening: Int = 1, mix: Mix = .whole, pods: Int = 2_000, services: Int = 200,
      seed: UInt64 = 1
    ) {
      self.bytes = bytes
      self.form = form
      self.link = link
      self.snapLength = snapLength
      self.active = active
      self.lengthening = lengthening
      self.mix = mix
      self.pods = pods
      self.services = services
      self.seed = seed
    }
  }

  /// Which conversations a capture holds.
  public struct Mix: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// The mix of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A fifth of what goes from node to node is in VXLAN.
    public static let overlays = Mix(rawValue: 1)
    /// One conversation in seventy is SCTP.
    public static let sctp = Mix(rawValue: 2)
    /// All of them.
    public static let whole: Mix = [.overlays, .sctp]
  }

  /// The capture of a plan.
  public init(_ plan: Plan) { self.plan = plan }

  /// Makes the file, hands it out piece by piece, and tells what must be learned from it.
  public func make(_ take: (borrowing [UInt8]) throws -> Void) rethrows -> TrafficTruth {
    var random = SeededRandom(seed: plan.seed)
    var making = TalkMaking(plan, &random)
    var frames = FrameMaking(plan)
    var truth = TrafficTruth()
    var talks = (0..<plan.active).map { _ in making.begin(&random, &truth) }
    while !talks.isEmpty {
      let place = Int.random(in: talks.indices, using: &random)
      if talks[place].step(&frames, &random) { continue }
      if frames.count < plan.bytes {
        talks[place] = making.begin(&random, &truth)
      } else {
        talks.swapAt(place, talks.count - 1)
        talks.removeLast()
      }
      if frames.isDue { try take(frames.handOver()) }
    }
    try take(frames.handOver())
    truth.frames = frames.frames
    return truth
  }
}

/// The forms of capture files.
public enum CaptureForm: Hashable, Sendable {
  /// The form of tcpdump, in microseconds.
  case classic
  /// The form of Wireshark, with one interface, in microseconds.
  case nextGeneration
}

/// The forms of frames, with their numbers in capture files.
public enum FrameLink: UInt32, Hashable, Sendable {
  case ethernet = 1
  /// IP packets with nothing before them.
  case raw = 101
  /// What the device `any` gives (LINKTYPE_LINUX_SLL2).
  case cooked2 = 276
}
