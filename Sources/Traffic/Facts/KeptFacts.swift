/// All that was recorded, with conversations as rows of numbers: as it comes out of a store.
public struct KeptFacts: Sendable {
  /// Who talked to whom.
  public var conversations: Conversations
  /// Which names stood for which addresses.
  public var names: [DNSFact]
  /// What recorders missed.
  public var losses: [Loss]
  /// When recorders were silent though they should not have been.
  public var gaps: [Gap]
  /// Frames that taught nothing, by reason.
  public var passed: [Passed: UInt64]
  /// What recorders saw sent in the name of the clients that it names: nothing that those did.
  public var spoofed: [Fact]
  /// The time that was asked for: what was recorded outside of it is not among the conversations.
  public var window = Instant.distantPast...Instant.distantFuture

  /// These facts.
  public init(
    conversations: Conversations, names: [DNSFact], losses: [Loss], gaps: [Gap], passed: [Passed: UInt64],
    spoofed: [Fact] = []
  ) {
    self.conversations = conversations
    self.names = names
    self.losses = losses
    self.gaps = gaps
    self.passed = passed
    self.spoofed = spoofed
  }

  /// The same facts, their conversations in numbers.
  public init(_ facts: Facts) {
    self.init(
      conversations: Conversations(facts.conversations), names: facts.names, losses: facts.losses,
      gaps: facts.gaps, passed: facts.passed, spoofed: facts.spoofed)
  }
}
