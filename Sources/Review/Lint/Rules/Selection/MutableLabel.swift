import Kubernetes

extension LintRule {
  /// Selectors that will soon pick somebody else.
  static let mutableLabel = LintRule(
    "mutable-label", .warning, "a selector that asks for a label that does not last",
    why: [
      """
      A policy is written once and its pods are replaced every day. `pod-template-hash` and \
      `controller-revision-hash` change with every roll-out, `controller-uid` and the name of a CronJob's Job with \
      every run, `helm.sh/chart` and `app.kubernetes.io/version` with every release, `topology.kubernetes.io/zone` \
      with the node. From then on the policy protects nobody, or the rule lets nobody through, and nothing says so.
      """,
      """
      What a workload itself finds its pods by, its `spec.selector`, cannot change while it exists: a label that stands \
      there is no finding, whatever its name. `version: v1` and the like are found only where the workload is known \
      and does not ask for them, or where the value is that of a release, as `2.7.1`.
      """,
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: postgres
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: postgres
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: api
                pod-template-hash: 7f9c8d6b5
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: postgres
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: postgres
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: api
      """
  ) { scene in
    scene.policies.flatMap(\.podSelectors).flatMap { written -> [Notice] in
      // Most selectors ask for no such label, and only the others are worth the search for whom they pick.
      let passing = written.selector.wanted.compactMap { wanted in
        Passing(of: wanted.key).map { (wanted.key, wanted.values, $0) }
      }
      guard !passing.isEmpty else { return [] }
      let owners = Owners(of: written, in: scene)
      return passing.compactMap { key, values, reason in
        guard owners.lets(key, values, change: reason) else { return nil }
        let asked = values.count == 1 ? "\(key)=\(values[0])" : "\(key) in (\(values.joined(separator: ",")))"
        return Notice(
          "\(written.words) asks for `\(asked)`, which \(reason.words)", hint: owners.hint(for: reason),
          on: written.owner, at: written.place(ofLabel: key))
      }
    }
  }
}

/// The workloads that a selector picks, and what each finds its own pods by.
private struct Owners {
  let picked: [WorkloadID]
  let selectors: [LabelSelector]

  init(of written: WrittenSelector, in scene: Scene) {
    picked = scene.workloads(of: scene.picked(by: written))
    selectors = picked.compactMap { scene.inventory.workloads[$0]?.selector }
  }

  /// Whether all of them are known, and each asks for the label itself: then it is there as long as they are.
  private func keep(_ key: String) -> Bool {
    areKnown && selectors.allSatisfy { selector in selector.wanted.contains { $0.key == key } }
  }

  private var areKnown: Bool { !picked.isEmpty && selectors.count == picked.count }

  /// Whether a label with these values may be another tomorrow, as far as is known.
  func lets(_ key: String, _ values: [String], change reason: Passing) -> Bool {
    if keep(key) { return false }
    if Self.namesOfJobs.contains(key) { return values.contains(where: \.isNameOfRun) }
    // People also use these for what lasts, so it takes more than the name.
    if Self.doubtful.contains(key) { return areKnown || values.contains(where: \.isRelease) }
    return true
  }

  func hint(for reason: Passing) -> String {
    if reason == .run { return "give the Job's pod template a label of its own, and ask for that" }
    if picked.count == 1, let own = selectors.first, !own.isEverything {
      return "\(picked[0].kind) `\(picked[0])` finds its own pods by `\(own)`: ask for that"
    }
    return "ask for what the workload's own `spec.selector` asks for"
  }

  private static let namesOfJobs: Set<String> = ["batch.kubernetes.io/job-name", "job-name"]

  private static let doubtful: Set<String> = [
    "app.kubernetes.io/created-by", "app.kubernetes.io/managed-by", "app.kubernetes.io/revision", "build",
    "chart",
    "commit", "date", "image-tag", "istio.io/rev", "revision", "sha", "timestamp", "version",
  ]
}

extension String {
  /// Whether it is the name of one of many Jobs: a CronJob appends the minute, others a number.
  fileprivate var isNameOfRun: Bool {
    guard let dash = utf8.lastIndex(of: UInt8(ascii: "-")) else { return false }
    let digits = utf8[utf8.index(after: dash)...]
    return digits.count >= 4 && digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
  }

  /// Whether it looks like a release (`2.7`, `v1.4.0-rc1`), a day, or the beginning of a commit's hash.
  fileprivate var isRelease: Bool {
    let bare = hasPrefix("v") ? dropFirst() : self[...]
    let numbers = bare.split(separator: ".", omittingEmptySubsequences: false).prefix(2)
    if numbers.count == 2, numbers.allSatisfy({ $0.utf8.first.map(Self.digits.contains) ?? false }) {
      return true
    }
    if Day(String(prefix(10))) != nil { return true }
    let isHexadecimal = utf8.allSatisfy { Self.digits.contains($0) || (97...102).contains($0) }
    return isHexadecimal && utf8.count >= 7 && utf8.contains(where: Self.digits.contains)
  }

  private static var digits: ClosedRange<UInt8> { UInt8(ascii: "0")...UInt8(ascii: "9") }
}
