import Kubernetes

/// What a set of rules finds in a scene.
public struct Lint: Sendable {
  /// What was found, in order; suppressed findings are among them.
  public let findings: [Finding]
  /// The rules that looked, by name.
  public let rules: [LintRule]
  /// The rules that could not look, because something about the cluster is not known.
  public let blind: [LintRule]

  /// Looks at a scene with these rules.
  public init(_ scene: Scene, rules: [LintRule] = LintRule.all) {
    let known = scene.knowledge
    let seeing = rules.filter { $0.needs.isSubset(of: known) }
    self.rules = seeing.sorted { $0.name < $1.name }
    blind = rules.filter { !$0.needs.isSubset(of: known) }.sorted { $0.name < $1.name }
    let found =
      Self.notices(by: seeing, in: scene)
      + scene.variants.flatMap { variant in
        let known = variant.knowledge
        return Self.notices(by: seeing.filter { $0.needs.isSubset(of: known) }, in: variant)
      }
    // Two ways to one finding are one finding.
    findings = Set(found.map { Finding($0.notice, by: $0.rule, on: scene.today) }).sorted()
  }

  /// What rules find in what a scene is about; the rest of it is there to be picked only.
  private static func notices(
    by rules: [LintRule], in scene: Scene
  ) -> [(notice: Notice, rule: LintRule)] {
    let multiplied = scene.variants.reduce(into: Set<String>()) { $0.formUnion($1.scope ?? []) }
    return rules.flatMap { rule in
      rule.look(scene).compactMap { notice in
        let file = (notice.manifest?.file ?? notice.place?.file).map { FilePath($0).text }
        let isMine =
          file.map { scene.scope?.contains($0) ?? !multiplied.contains($0) } ?? (scene.scope == nil)
        return isMine ? (notice, rule) : nil
      }
    }
  }

  /// How many findings count, of this severity.
  public func count(_ severity: Severity) -> Int {
    findings.count { $0.isOpen && $0.severity == severity }
  }

  /// Whether any finding counts that is at least this grave.
  public func fails(at severity: Severity) -> Bool {
    findings.contains { $0.isOpen && $0.severity >= severity }
  }
}

extension Finding {
  fileprivate init(_ remark: Notice, by rule: LintRule, on today: Day) {
    self.init(
      rule: rule.name, severity: remark.severity ?? rule.severity, message: remark.message, hint: remark.hint,
      object: remark.manifest?.title, place: remark.place,
      suppression: remark.manifest?.suppression(of: rule.name, on: today))
  }
}

extension Manifest {
  /// What findings call it.
  var title: String {
    // A Kustomization has a kind only, as a rule.
    name.isEmpty ? kind : "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)"
  }
}
