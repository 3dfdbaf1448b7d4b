import Console
import Documents
import Kubernetes

/// Everything that manifests and cluster objects tell of a world: its policies, and whom they are about.
///
/// What could not be read is remembered and told, and the run goes on with the rest.
struct World {
  /// The policies, in the order of the files; of one that is told twice the later telling, as `kubectl apply` has it.
  private(set) var policies: [NetworkPolicy] = []
  /// The policies that a later one of the same name took the place of.
  private(set) var replaced: [Replacement] = []
  /// The cluster's objects as the files told them.
  private(set) var objects: [ClusterObject] = []
  /// How many objects of kinds that are not needed there were, by kind.
  private(set) var passedOver: [String: Int] = [:]
  /// What could not be read, in words; each ends the run with 3 at least.
  private(set) var troubles: [Complaint] = []
  /// The namespaces of policies that could not be read: what isolates their pods is known only in part.
  private(set) var unreadNamespaces: Set<String> = []
  /// Whether some file could not be read to its end, and may hold policies for any namespace.
  private(set) var hasUnreadText = false
  /// What else a reader should know, in words.
  private(set) var remarks: [Complaint] = []

  /// One policy told twice.
  struct Replacement {
    let earlier: NetworkPolicy
    let later: NetworkPolicy
  }

  private var places: [String: Int] = [:]
  private var homeless: [String] = []

  /// Reads manifests, and the objects of `--cluster` beside them; each name is a file, a folder or `-`.
  ///
  /// Where both tell of one object, the manifest counts: it is what will be. Policies are read from the manifests
  /// only. Kustomize and Helm leave the namespace to whoever applies a manifest: where one namespace is asked for, it
  /// is that one, and else the API server's default, with a remark.
  init(manifests: [String], cluster: [String] = [], namespaces: [String] = []) throws {
    let known = try ClusterFiles(cluster)
    troubles = known.troubles
    remarks = known.remarks
    for source in known.sources { passedOver.merge(source.reading.passedOver, uniquingKeysWith: +) }
    // The policies of a live cluster are not what is asked about, and nothing is lost by passing them over.
    passedOver["NetworkPolicy"] = nil
    try read(manifests, beside: known.objects, namespaces)
  }

  /// Reads manifests of a cluster whose objects are known already.
  init(manifests: [String], beside objects: [ClusterObject], namespaces: [String]) throws {
    try read(manifests, beside: objects, namespaces)
  }

  private mutating func read(
    _ manifests: [String], beside known: [ClusterObject], _ namespaces: [String]
  ) throws {
    let home = Set(namespaces).count == 1 ? namespaces.first : nil
    objects = known
    // A path that is named twice is read once: `kubectl apply` would do the same again.
    var told: Set<String> = []
    for path in manifests where told.insert(path).inserted {
      let found = try InputFiles(at: path, limits: ClusterFiles.limits)
      for file in found.files {
        take(ManifestReading(file.bytes, file: file.path, home: home ?? "default"), file)
      }
      if let links = Manifests.passedLinks(of: found, in: path) { troubles.append(links) }
    }
    objects = Self.latest(objects)
    remarks += replaced.map(Self.remark)
    if home == nil, !homeless.isEmpty {
      remarks.append(
        Complaint(
          "without a namespace, and taken for `default`'s: \(Self.listed(homeless))",
          hint: "with one `--ns NAME` they are taken for that namespace's", exitCode: .done))
    }
    remarks += otherPolicies
    if policies.isEmpty, objects.isEmpty, troubles.isEmpty, passedOver.isEmpty {
      remarks.append(
        Complaint(
          "there is no manifest in \(Self.listed(manifests.map { "`\($0)`" }))", exitCode: .done))
    }
  }
}

// What it can tell.
extension World {
  /// How the run ends at least: with `input` where something could not be read.
  var exitCode: ExitCode { troubles.isEmpty ? .done : .input }

  /// The objects, as one inventory.
  var inventory: Inventory { Inventory(objects) }

  /// Says what could not be read, and what else a reader should know.
  func tell(on terminal: inout Terminal) {
    for complaint in troubles + remarks {
      terminal.warn(complaint.message, detail: complaint.detail, hint: complaint.hint)
    }
  }

  /// Ends the run where there is nothing to work with: nothing was read, and something should have been.
  func requireAnything() throws(Complaint) {
    guard policies.isEmpty, objects.isEmpty, var first = troubles.first else { return }
    first.detail += troubles.dropFirst().map(\.message)
    throw first
  }
}

// How it works.
extension World {
  private mutating func take(_ reading: ManifestReading, _ file: InputFile) {
    objects += reading.objects
    homeless += reading.homeless
    passedOver.merge(reading.passedOver, uniquingKeysWith: +)
    remarks += reading.renamedLabels.map { Manifests.remark($0, in: file.path) }
    troubles += reading.problems.map { Self.complaint($0, in: file.path) }
    for case .text in reading.problems { hasUnreadText = true }
    for case .policy(let error) in reading.problems {
      unreadNamespaces.insert(String(error.policy.prefix { $0 != "/" }))
    }
    for policy in reading.policies {
      if let place = places[policy.path] {
        replaced.append(Replacement(earlier: policies[place], later: policy))
        policies[place] = policy
      } else {
        places[policy.path] = policies.count
        policies.append(policy)
      }
    }
  }

  /// Of objects that one name tells apart from all others, the last that was told.
  ///
  /// The identity that the API server gives counts for nothing here: a manifest has none, and means the same object.
  private static func latest(_ objects: [ClusterObject]) -> [ClusterObject] {
    struct Name: Hashable {
      let kind: String
      let namespace: String
      let name: String
    }
    var places: [Name: Int] = [:]
    return objects.reduce(into: []) { list, object in
      let name = Name(kind: object.kind, namespace: object.meta.namespace, name: object.meta.name)
      if let place = places[name] {
        list[place] = object
      } else {
        places[name] = list.count
        list.append(object)
      }
    }
  }

  /// Policies of other kinds may let through or cut what NetworkPolicies alone would not.
  private var otherPolicies: [Complaint] {
    let kinds = passedOver.filter { ManifestReading.otherPolicyKinds.contains($0.key) }
    guard !kinds.isEmpty else { return [] }
    let counted = kinds.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }
    return [
      Complaint(
        "not looked at, though they decide about traffic too: \(counted.joined(separator: ", "))",
        exitCode: .done)
    ]
  }

  private static func remark(_ replacement: Replacement) -> Complaint {
    let (earlier, later) = (replacement.earlier, replacement.later)
    let places = [earlier, later].map { $0.origin?.description ?? "a place unknown" }
    return Complaint(
      "`\(later.path)` is given twice, and the later one counts",
      detail: ["\(places[0])  passed over", "\(places[1])  counts"], exitCode: .done)
  }

  private static func complaint(_ problem: ManifestReading.Problem, in file: String) -> Complaint {
    func place(_ line: Int?) -> String { line.map { "\(file):\($0)" } ?? file }
    switch problem {
    case .text(let error):
      return Manifests.complaint(error, in: file, wanted: "a manifest")
    case .object(let error):
      return Complaint(
        "`\(place(error.position?.line))`: \(error.message)", hint: error.hint, exitCode: .input)
    case .failure(let words, let position):
      return Complaint(
        "`\(place(position?.line))` holds a failure of the API server: \(words)", exitCode: .input)
    case .policy(let error):
      return Manifests.complaint(error, in: file)
    }
  }

  /// Up to ten of them, and how many more there are.
  private static func listed(_ names: [String]) -> String {
    let rest = names.count - 10
    return names.prefix(10).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
