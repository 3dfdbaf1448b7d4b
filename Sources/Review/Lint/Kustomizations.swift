import Documents
import Kubernetes

/// The Kustomizations among the manifests, and what each of them takes in.
struct Kustomizations: Sendable {
  /// They, in the order read.
  let all: [Kustomization]
  private let byFolder: [String: Int]
  private var patches: Set<String> = []
  private var namespaces: [String: String] = [:]

  init(_ manifests: [Manifest]) {
    let all = manifests.compactMap(Kustomization.init)
    self.all = all
    byFolder = Dictionary(
      all.enumerated().map { ($0.element.folder, $0.offset) }, uniquingKeysWith: { first, _ in first })
    patches = Set(all.flatMap(\.patches))
    for one in all.sorted(by: { ($0.namespace ?? "", $0.folder) < ($1.namespace ?? "", $1.folder) }) {
      guard let namespace = one.namespace else { continue }
      let below = reached(from: one) { $0.resources + $0.components }.map { all[$0].folder }
      for folder in [one.folder] + below { namespaces[folder] = namespaces[folder] ?? namespace }
    }
  }

  /// Whether a file is a part of an object and no object of its own.
  func isPatch(_ file: String) -> Bool { patches.contains(FilePath(file).text) }

  /// Whether a Kustomization stands beside a file, and decides how it is used.
  func rule(over file: String) -> Bool { byFolder[FilePath(file).folder] != nil }

  /// The namespace that objects of a file are put into; the first by name where there are several.
  func namespace(of file: String) -> String? { namespaces[FilePath(file).folder] }

  /// The files that one takes in: those that it names, and those that the Kustomizations it names take in.
  func files(of kustomization: Kustomization) -> Set<String> {
    var files: Set<String> = []
    for place in reached(from: kustomization, by: { $0.resources + $0.components }) {
      files.formUnion(all[place].resources)
    }
    return files.union(kustomization.resources)
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
