import Kubernetes

/// One thing that lint looks for, with all there is to say about it.
public struct LintRule: Sendable {
  /// What findings, suppressions and pages call it: small letters and hyphens.
  public let name: String
  /// How much its findings matter; those that hang on what is not known matter less.
  public let severity: Severity
  /// What it finds, in one line, no full stop.
  public let summary: String
  /// Why that matters and what to do, one paragraph each, in Markdown.
  public let why: [String]
  /// Manifests in which it finds something.
  public let bad: String
  /// The same, mended.
  public let good: String
  /// What must be known of the cluster, for it to look at all.
  public let needs: Set<Scene.Knowledge>
  let look: @Sendable (Scene) -> [Notice]

  init(
    _ name: String, _ severity: Severity, _ summary: String, why: [String], bad: String, good: String,
    needs: Set<Scene.Knowledge> = [], look: @escaping @Sendable (Scene) -> [Notice]
  ) {
    self.name = name
    self.severity = severity
    self.summary = summary
    self.why = why
    self.bad = bad
    self.good = good
    self.needs = needs
    self.look = look
  }

  /// Every rule, by name.
  public static let all: [LintRule] = (outages + holes + selection + shape).sorted { $0.name < $1.name }
}

/// What a rule found in one place.
struct Notice: Hashable, Sendable {
  /// What is the matter, in one line, names in backticks, no full stop.
  let message: String
  /// What to do about it, where that is known.
  let hint: String?
  /// The manifest that it is about, whose annotations may suppress it.
  let manifest: Manifest?
  /// Where that stands.
  let place: Origin?
  /// How much it matters, where that is less than its rule says.
  let severity: Severity?

  /// A remark on a part of a policy.
  init(
    _ message: String, hint: String? = nil, on policy: PolicyManifest, at place: Origin? = nil,
    severity: Severity? = nil
  ) {
    self.init(message, hint: hint, on: policy.manifest, at: place, severity: severity)
  }

  /// A remark on a part of any manifest; on none where what it is about is not written anywhere.
  init(
    _ message: String, hint: String? = nil, on manifest: Manifest?, at place: Origin? = nil,
    severity: Severity? = nil
  ) {
    self.message = message
    self.hint = hint
    self.severity = severity
    self.manifest = manifest
    self.place = place ?? manifest?.place()
  }
}
