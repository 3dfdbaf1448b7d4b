import Documents
import Kubernetes

/// The Kustomizations among the manifests, and what each of them takes in.
struct Kustomizations: Sendable {
  /// They, in the order read.
  let all: [Kustomization]
  private let byFolder: [String: Int]

  init(_ manifests: [Manifest]) {
    let all = manifests.compactMap(Kustomization.init)
    self.all = all
    byFolder = Dictionary(
      all.enumerated().map { ($0.element.folder, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The files that one takes in: those that it names, and those that the Kustomizations it names take in.
  func files(of kustomization: Kustomization) -> Set<String> {
    var files: Set<String> = []
    for place in reached(from: kustomization, by: { $0.resources + $0.components }) {
      files.formUnion(all[place].resources)
    }
    return files.union(kustomization.resources)
  }

  /// Those that no other takes in, so that they are what is applied; of a circle, the first.
  var roots: [Int] {
    let named = Set(all.flatMap { $0.resources + $0.components }.compactMap { byFolder[$0] })
    var roots = all.indices.filter { !named.contains($0) }
    var reached = Set(roots)
    for root in roots {
      reached.formUnion(self.reached(from: all[root], by: { $0.resources + $0.components }))
    }
    for place in all.indices where !reached.contains(place) {
      roots.append(place)
      reached.formUnion(self.reached(from: all[place], by: { $0.resources + $0.components }))
      reached.insert(place)
    }
    return roots
  }

  /// The files that one takes in by itself or through others, but not by way of components.
  func ownFiles(of kustomization: Kustomization) -> Set<String> {
    reached(from: kustomization, by: \.resources).reduce(into: Set(kustomization.resources)) {
      $0.formUnion(all[$1].resources)
    }
  }

  /// The namespaces that one puts the files into which it takes in; the outermost that names one decides.
  func namespaces(from root: Int) -> [String: Set<String>] {
    struct Step: Hashable {
      let place: Int
      let namespace: String?
    }
    var namespaces: [String: Set<String>] = [:]
    var open = [Step(place: root, namespace: nil)]
    var seen = Set(open)
    while let step = open.popLast() {
      let here = all[step.place]
      let namespace = step.namespace ?? here.namespace
      for name in here.resources + here.components {
        if let inner = byFolder[name] {
          let next = Step(place: inner, namespace: namespace)
          if seen.insert(next).inserted { open.append(next) }
        } else if let namespace {
          namespaces[name, default: []].insert(namespace)
        }
      }
    }
    return namespaces
  }

  /// The files whose pods get these labels from some Kustomization.
  func files(given labels: Labels) -> Set<String> {
    all.reduce(into: []) { files, kustomization in
      let isGiver = transformers(of: kustomization).contains { $0.gives(labels) }
      if isGiver { files.formUnion(self.files(of: kustomization)) }
    }
  }

  /// Those whose transformers work on what one takes in: itself, and the components that it names.
  func transformers(of kustomization: Kustomization) -> [Kustomization] {
    [kustomization]
      + reached(from: kustomization, by: \.components).sorted().map { all[$0] }.filter {
        $0.folder != kustomization.folder
      }
  }

  /// The places of those that are reached from one over names of folders; circles are walked once.
  private func reached(
    from kustomization: Kustomization, by names: (Kustomization) -> [String]
  ) -> Set<Int> {
    var reached: Set<Int> = []
    var open = names(kustomization)
    while let folder = open.popLast() {
      guard let place = byFolder[folder], reached.insert(place).inserted else { continue }
      open += names(all[place])
    }
    return reached
  }
}

/// A `kustomization.yaml`.
struct Kustomization: Sendable {
  /// How it is written.
  let manifest: Manifest
  /// The folder that it stands in.
  let folder: String
  /// The files and folders that it names, as paths.
  let resources: [String]
  /// The folders of the components that it names, as paths.
  let components: [String]

  init?(_ manifest: Manifest) {
    let path = FilePath(manifest.file)
    let isNamedSo = ["Kustomization", "kustomization.yaml", "kustomization.yml"].contains(path.name)
    switch (manifest.kind, manifest.group) {
    // Flux has a kind of the same name.
    case ("Kustomization", "kustomize.config.k8s.io"), ("Component", "kustomize.config.k8s.io"): break
    case ("", _) where isNamedSo, ("Kustomization", "") where isNamedSo: break
    default: return nil
    }
    self.manifest = manifest
    folder = path.folder
    func paths(_ field: String) -> [String] {
      (manifest.node[field]?.sequence ?? []).compactMap(\.string).filter { !$0.contains("://") }
        .map { FilePath(path.folder.isEmpty ? $0 : path.folder + "/" + $0).text }
    }
    resources = paths("resources") + paths("bases")
    components = paths("components")
  }

  /// The namespace that it puts everything into, where it does.
  var namespace: String? {
    let namespace = manifest.node["namespace"]?.string ?? ""
    return namespace.isEmpty ? nil : namespace
  }

  /// The labels that it puts into selectors, with where it says so.
  var selectorLabels: [(field: String, labels: Labels, place: Origin)] {
    var found: [(field: String, labels: Labels, place: Origin)] = []
    let common = Self.labels(manifest.node["commonLabels"])
    if !common.isEmpty { found.append(("commonLabels", common, manifest.place("commonLabels"))) }
    for (index, element) in (manifest.node["labels"]?.sequence ?? []).enumerated() {
      let labels = Self.labels(element["pairs"])
      guard element["includeSelectors"]?.bool == true, !labels.isEmpty else { continue }
      found.append(("labels", labels, manifest.place("labels", .element(index))))
    }
    return found
  }

  /// Whether it puts these labels, and maybe more, onto pods.
  fileprivate func gives(_ wanted: Labels) -> Bool {
    var given = Self.labels(manifest.node["commonLabels"])
    for element in manifest.node["labels"]?.sequence ?? [] {
      // What goes into selectors goes into templates too.
      guard ["includeSelectors", "includeTemplates"].contains(where: { element[$0]?.bool == true }) else {
        continue
      }
      given.merge(Self.labels(element["pairs"])) { _, later in later }
    }
    return wanted.allSatisfy { given[$0.key] == $0.value }
  }

  private static func labels(_ node: Node?) -> Labels {
    let pairs = (node?.mapping ?? []).compactMap { member in member.value.string.map { (member.key, $0) } }
    return Labels(pairs, uniquingKeysWith: { _, later in later })
  }
}

/// A path of a file or folder, without steps that lead nowhere.
struct FilePath: Hashable, Sendable {
  /// The steps on the way to it.
  let steps: [Substring]
  private let isAbsolute: Bool

  init(_ text: String) {
    isAbsolute = text.hasPrefix("/")
    var steps: [Substring] = []
    for step in text.split(separator: "/") where step != "." {
      if step == "..", let last = steps.last, last != ".." {
        steps.removeLast()
      } else {
        steps.append(step)
      }
    }
    self.steps = steps
  }

  /// The path as text.
  var text: String { (isAbsolute ? "/" : "") + steps.joined(separator: "/") }
  /// The path of the folder that it is in.
  var folder: String { (isAbsolute ? "/" : "") + steps.dropLast().joined(separator: "/") }
  /// The last step.
  var name: String { steps.last.map(String.init) ?? "" }
}
