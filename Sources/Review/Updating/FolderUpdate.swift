import Documents
public import Generator
import Kubernetes

/// What becomes of a folder of manifests when our policies in it are brought up to date, wherever they lie in it.
///
/// A policy that says the same stays as it is to the byte; one that changed keeps its file, its place in the file, the
/// comments around it, and the labels and annotations that others gave it.
public struct FolderUpdate: Sendable {
  /// The new texts of files that change or are new, by their paths in the folder.
  public private(set) var texts: [String: String] = [:]
  /// How many policies say something else from now on.
  public private(set) var changed = 0
  /// How many policies are new.
  public private(set) var added = 0
  /// How many policies stay as they are.
  public private(set) var kept = 0
  /// Policies of ours that are no longer generated: name and file.
  public private(set) var leftovers: [String] = []
  /// Lists that others wrote, and the resources that they lack from now on.
  public private(set) var unlisted: [(list: String, resources: [String])] = []
  /// What a run for all namespaces doesn't cover; nil for another run.
  public private(set) var uncovered: UncoveredPolicies?
  /// Why nothing of this may be written.
  public private(set) var objections: [String] = []

  /// A file of the folder.
  public struct File: Hashable, Sendable {
    /// Its path in the folder.
    public let path: String
    /// What it holds.
    public let bytes: [UInt8]

    /// A file with this path.
    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  private let chosen: Set<String>
  private let dialect: Dialect
  private let isolation: Isolation
  private let planned: [String: PlannedPolicy]
  /// Where each policy was found.
  private var places: [String: String] = [:]
  /// In which folders policies of a namespace were found, and how many.
  private var folders: [String: [String: Int]] = [:]

  /// Brings the policies of a plan into a folder with these files.
  ///
  /// Where `isEvery` the run is one for all namespaces, and what it doesn't cover is uncovered.
  public init(_ files: [File], with plan: Plan, _ options: Options, isEvery: Bool) {
    chosen = options.namespaces
    dialect = options.dialect
    isolation = options.isolation
    planned = Dictionary(plan.policies.map { ($0.policy.path, $0) }, uniquingKeysWith: { first, _ in first })
    for file in files.sorted(by: { $0.path < $1.path }) { update(file) }
    let layout = FolderLayout(files, meaning: chosen.count == 1 ? chosen.first : nil)
    add(plan, beside: files) { namespace in
      let place = layout.place(of: namespace, among: options.namespaces, isEvery: isEvery)
      // Those of another namespace have the same names.
      return layout.flat.isSubset(of: [namespace]) ? place : namespace
    }
    if isEvery {
      let left = UncoveredPolicies(layout, options)
      uncovered = left
      objections += left.objections
    }
    leftovers.sort()
  }
}

// What is there.
extension FolderUpdate {
  private mutating func update(_ file: File) {
    guard let documents = try? YAML.read(file.bytes) else {
      if Self.mentionsUs(file.bytes) {
        objections.append("`\(file.path)` makes no sense as YAML, and seems to hold policies of ours")
      }
      return
    }
    let inLists = documents.contains { ($0["items"]?.sequence ?? []).contains(where: isOurs) }
    guard inLists || documents.contains(where: isOurs) else {
      for document in documents { refuseForeign(document, in: file.path) }
      return
    }
    guard !inLists, !file.path.hasSuffix(".json"), var text = ManifestText(file.bytes) else {
      objections.append("`\(file.path)` is written in a way that can't be changed in place")
      return
    }
    var isChanged = false
    for index in text.pieces.indices {
      guard let document = text.pieces[index].document else { continue }
      guard isOurs(document) else {
        refuseForeign(document, in: file.path)
        continue
      }
      if let other = update(document, in: file.path) {
        text.pieces[index].say(other)
        isChanged = true
      }
    }
    if isChanged { texts[file.path] = text.text }
  }

  /// What a policy of ours says from now on; nil where it stays.
  private mutating func update(_ document: Node, in file: String) -> String? {
    guard let path = path(of: document) else { return nil }
    if let other = places.updateValue(file, forKey: path) {
      objections.append("`\(path)` stands twice, in `\(other)` and in `\(file)`")
      return nil
    }
    let namespace = String(path.prefix { $0 != "/" })
    folders[namespace, default: [:]][Self.folder(of: file), default: 0] += 1
    let before = EarlierPolicy(document, in: namespace, of: file)
    guard let planned = planned[path] else {
      leftovers.append("\(path) in \(file)")
      if let objection = before.objection(toRuling: isolation) { objections.append(objection) }
      return nil
    }
    if let objection = before.objection(toWriting: dialect) { objections.append(objection) }
    var policy = planned.policy
    if let said = before.policy {
      policy.labels = said.labels.merging(policy.labels) { _, ours in ours }
      policy.annotations = said.annotations
    }
    let node = policy.node(in: dialect)
    if before.dialect == dialect, before.policy?.node(in: dialect).bare == node.bare {
      kept += 1
      return nil
    }
    changed += 1
    return YAML.write([document["metadata"]?["namespace"] == nil ? node.withoutNamespace : node])
  }

  /// A policy of somebody else must not have the name of one of ours: only one of them would be left.
  private mutating func refuseForeign(_ document: Node, in file: String) {
    guard document["kind"]?.string.map(OwnDocument.policyKinds.contains) ?? false,
      let path = path(of: document),
      planned[path] != nil
    else { return }
    objections.append("`\(path)` in `\(file)` has the name of a policy of ours, and somebody else wrote it")
  }

  private func isOurs(_ document: Node) -> Bool {
    guard OwnDocument.isPolicy(document), let path = path(of: document) else { return false }
    return chosen.contains { path.hasPrefix($0 + "/") }
  }

  /// Namespace and name; who says no namespace is meant for the one that is asked for.
  private func path(of document: Node) -> String? {
    let metadata = document["metadata"]
    guard let name = metadata?["name"]?.string else { return nil }
    let home = chosen.count == 1 ? chosen.first : nil
    return (metadata?["namespace"]?.string ?? home).map { "\($0)/\(name)" }
  }

  private static func mentionsUs(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).contains("\(OwnDocument.mark.key): \(OwnDocument.mark.value)")
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}

// What is new.
extension FolderUpdate {
  private mutating func add(_ plan: Plan, beside files: [File], placing place: (String) -> String) {
    let byPath = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    let lists = FolderLists(files)
    let missing = plan.policies.filter { places[$0.policy.path] == nil }
    for (namespace, policies) in Dictionary(grouping: missing, by: \.policy.namespace).sorted(by: {
      $0.key < $1.key
    }) {
      let known = folders[namespace]
      let home = known.flatMap(Self.fullest) ?? place(namespace)
      let base = home.isEmpty ? "" : home + "/"
      for policy in policies {
        let path = base + policy.fileName
        if byPath[path] != nil || texts[path] != nil {
          objections.append("`\(path)` is in the way of a new policy")
        }
        texts[path] = YAML.write([policy.policy.node(in: dialect)])
        added += 1
      }
      for step in lists.steps(naming: policies.map(\.fileName), in: home, isFirst: known == nil) {
        switch step {
        case .write(let path, let text): texts[path] = text
        case .tell(let path, let resources): unlisted.append((path, resources))
        }
      }
    }
  }

  /// The folder with most of them; of several the first.
  private static func fullest(_ folders: [String: Int]) -> String? {
    folders.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.first?.key
  }
}
