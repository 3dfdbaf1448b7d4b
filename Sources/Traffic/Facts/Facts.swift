/// All that was recorded: one half of what is kept; the other is the inventory.
public struct Facts: Sendable, Equatable {
  /// Who talked to whom.
  public var conversations: [Fact]
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

  /// These facts.
  public init(
    conversations: [Fact] = [], names: [DNSFact] = [], losses: [Loss] = [], gaps: [Gap] = [],
    passed: [Passed: UInt64] = [:], spoofed: [Fact] = []
  ) {
    self.conversations = conversations
    self.names = names
    self.losses = losses
    self.gaps = gaps
    self.passed = passed
    self.spoofed = spoofed
  }
}
