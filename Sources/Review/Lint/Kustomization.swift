import Documents
import Kubernetes

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
  /// The files that it lays over its resources, as paths.
  let patches: [String]

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
    func listed(_ names: [String]) -> [String] {
      names.filter { !$0.contains("://") }
        .map { FilePath(path.folder.isEmpty ? $0 : path.folder + "/" + $0).text }
    }
    func paths(_ field: String) -> [String] {
      listed((manifest.node[field]?.sequence ?? []).compactMap(\.string))
    }
    resources = paths("resources") + paths("bases")
    components = paths("components")
    patches =
      paths("patchesStrategicMerge")
      + listed((manifest.node["patches"]?.sequence ?? []).compactMap { $0["path"]?.string })
  }

  /// The namespace that it puts everything into, where it does.
  var namespace: String? {
    manifest.node["namespace"]?.string.flatMap { $0.isEmpty ? nil : $0 }
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
  func gives(_ wanted: Labels) -> Bool {
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
