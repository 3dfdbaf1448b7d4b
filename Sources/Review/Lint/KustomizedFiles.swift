import Documents

/// What Kustomizations do to the files around them.
struct KustomizedFiles: Sendable {
  private let folders: Set<String>
  private var patches: Set<String> = []
  private var namespaces: [String: Set<String>] = [:]
  private let absent: Set<String>

  /// What these do where these of them are applied, as places; files of others are not there.
  init(_ kustomizations: Kustomizations, applying roots: [Int]) {
    folders = Set(kustomizations.all.map(\.folder))
    for kustomization in kustomizations.all { patches.formUnion(kustomization.patches) }
    for root in roots {
      namespaces.merge(kustomizations.namespaces(from: root)) { $0.union($1) }
    }
    func files(_ roots: some Sequence<Int>) -> Set<String> {
      roots.reduce(into: []) { $0.formUnion(kustomizations.files(of: kustomizations.all[$1])) }
    }
    let others = Set(kustomizations.roots).subtracting(roots)
    absent = others.isEmpty ? [] : files(others).subtracting(files(roots))
  }
}

// What it can tell.
extension KustomizedFiles {
  /// Whether a file is a part that is merged into an object, and no object of its own.
  func isPatch(_ file: String) -> Bool { patches.contains(FilePath(file).text) }

  /// Whether a file is only part of what is not applied.
  func isElsewhere(_ file: String) -> Bool { !absent.isEmpty && absent.contains(FilePath(file).text) }

  /// Whether a Kustomization stands beside a file, so that it is put together there and applied by itself.
  func isPutTogether(_ file: String) -> Bool { folders.contains(FilePath(file).folder) }

  /// The namespaces that objects of a file are put into, in order, whatever they say; none where nobody does that.
  func namespaces(of file: String) -> [String] { namespaces[FilePath(file).text, default: []].sorted() }
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
