public import Traffic

/// What one flush adds to a store: all of it, or nothing.
public struct Batch: Sendable {
  /// Conversations; rows that the store has already are added to.
  public var facts: [Fact]
  /// What was sent in the name of the clients that it names; rows of it are no facts.
  public var spoofed: [Fact]
  /// Names and their addresses.
  public var dns: [DNSFact]
  /// What was missed.
  public var losses: [Loss]
  /// When nothing was recorded.
  public var gaps: [Gap]
  /// Frames that taught nothing.
  public var passed: [PassedFrames]
  /// Capture files that are in the store with this batch.
  public var imports: [ImportedFile]

  /// Whether it holds nothing but what was missed: little, and worth the last room there is.
  var tellsOnlyOfLoss: Bool { facts.isEmpty && spoofed.isEmpty && dns.isEmpty && imports.isEmpty }

  /// A batch of these.
  public init(
    facts: [Fact] = [], spoofed: [Fact] = [], dns: [DNSFact] = [], losses: [Loss] = [], gaps: [Gap] = [],
    passed: [PassedFrames] = [], imports: [ImportedFile] = []
  ) {
    self.facts = facts
    self.spoofed = spoofed
    self.dns = dns
    self.losses = losses
    self.gaps = gaps
    self.passed = passed
    self.imports = imports
  }
}
