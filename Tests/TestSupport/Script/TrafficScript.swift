public import Traffic

/// A readable script of traffic, and all that follows from it: the capture, and what should be made of that.
///
/// `samples/payments/story.txt` is one, and explains the words it uses.
public struct TrafficScript: Sendable {
  /// The pods that the script names.
  public let pods: [ScriptedPod]
  /// What should become of the traffic, edge by edge, sorted.
  public let edges: [ExpectedEdge]
  /// What a recorder should make of the frames, sorted and counted.
  public let conversations: [ExpectedConversation]
  /// The names that a recorder should see answered.
  public let names: Set<ExpectedName>
  /// The frames that teach nothing, counted by reason.
  public let passed: [Passed: Int]
  private let frames: [Stage.Frame]

  /// Longer frames lose their end, as with `tcpdump -s 128`; DNS is kept whole.
  private static let snapLength = 128

  /// Reads a script and acts it out.
  public init(_ text: String) throws(ScriptError) {
    let play = try Play(text)
    pods = play.cast.pods
    edges = play.edges.sorted()
    names = play.stage.names
    passed = play.stage.passed
    conversations = Self.counted(play.stage.conversations)
    frames = play.stage.frames.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  /// The capture file that the recording node would have written.
  public func capture(
    _ form: FrameForm = .cooked2, precision: CaptureWriter.Precision = .microseconds,
    order: CaptureWriter.ByteOrder = .littleEndian
  ) -> [UInt8] {
    var writer = CaptureWriter(form, precision: precision, order: order, snapLength: 2048)
    for frame in frames(form) { writer.write(frame.bytes, at: frame.at, keeping: frame.kept) }
    return writer.bytes
  }

  /// The frames as they pass, and how many bytes of each are kept.
  ///
  /// `change` sees each before it is written, and may send it another way; a form that holds only IP leaves out the rest.
  public func frames(
    _ form: FrameForm = .cooked2,
    changed change: (inout LinkHeader, inout LinkHeader.Content, inout [UInt8]) -> Void = { _, _, _ in }
  ) -> [(at: Instant, bytes: [UInt8], kept: Int)] {
    frames.compactMap { frame in
      var (header, content, packet) = (frame.header, frame.content, frame.packet)
      change(&header, &content, &packet)
      return header.frame(content, packet, as: form)
        .map { (frame.at, $0, frame.isWhole ? .max : Self.snapLength) }
    }
  }

  /// The truth as a table: a header line, then one line an edge, fields parted by tabs.
  public var truth: String { Truth(edges: edges).description }

  /// How many frames the capture holds.
  public var frameCount: Int { frames.count }

  private static func counted(_ all: [ExpectedConversation]) -> [ExpectedConversation] {
    var counts: [ExpectedConversation: Int] = [:]
    for conversation in all { counts[conversation, default: 0] += 1 }
    return counts.map { conversation, count in
      var counted = conversation
      counted.count = count
      return counted
    }.sorted()
  }
}
