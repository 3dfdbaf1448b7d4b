import Documents

/// What Kustomizations do to the files around them.
struct KustomizedFiles: Sendable {
  private let folders: Set<String>
  private var patches: Set<String> = []
  private var namespaces: [String: String] = [:]

  /// What these do.
  init(_ kustomizations: Kustomizations) {
    folders = Set(kustomizations.all.map(\.folder))
    for kustomization in kustomizations.all { patches.formUnion(kustomization.patches) }
    let asked = kustomizations.all.compactMap { kustomization in
      kustomization.namespace.map { (namespace: $0, kustomization: kustomization) }
    }
    for (namespace, kustomization) in asked.sorted(by: { $0.namespace < $1.namespace })
    where !namespace.isEmpty {
      for file in kustomizations.files(of: kustomization) where namespaces[file] == nil {
        namespaces[file] = namespace
      }
    }
  }
}

// What it can tell.
extension KustomizedFiles {
  /// Whether a file is a part that is merged into an object, and no object of its own.
  func isPatch(_ file: String) -> Bool { patches.contains(FilePath(file).text) }

  /// Whether a Kustomization stands beside a file, so that it is put together there and applied by itself.
  func isPutTogether(_ file: String) -> Bool { folders.contains(FilePath(file).folder) }

  /// The namespace that objects of a file are put into; the first by name where there are several.
  func namespace(of file: String) -> String? { namespaces[FilePath(file).text] }
}

extension Kustomization {
  /// The files whose parts it merges into objects, as paths.
  fileprivate var patches: [String] {
    let listed = (manifest.node["patches"]?.sequence ?? []).compactMap { $0["path"]?.string }
    let merged = (manifest.node["patchesStrategicMerge"]?.sequence ?? []).compactMap(\.string)
    return (listed + merged).map { FilePath(folder.isEmpty ? $0 : folder + "/" + $0).text }
  }
}

extension Scene {
  /// Whether two manifests may be applied together: what Kustomize puts together elsewhere is applied by itself.
  func mayMeet(_ one: Manifest, _ other: Manifest) -> Bool {
    FilePath(one.file).folder == FilePath(other.file).folder
      || !(kustomized.isPutTogether(one.file) || kustomized.isPutTogether(other.file))
  }
}
