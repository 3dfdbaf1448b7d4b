import Documents

/// The lists of a folder of manifests that Kustomize reads, and what becomes of them when files are new there.
struct FolderLists {
  private let files: [String: [UInt8]]

  /// What is to be done with a list, which stands at a path.
  enum Step: Hashable {
    /// It is ours, and says this from now on.
    case write(path: String, text: String)
    /// Somebody else wrote it, who has to name these resources.
    case tell(path: String, resources: [String])
  }

  /// The lists among these files.
  init(_ files: [FolderUpdate.File]) {
    self.files = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
  }
}

// What it can tell.
extension FolderLists {
  /// What is to be done for new files of a folder; `isFirst` where nothing of ours lay anywhere so far.
  func steps(naming names: [String], in folder: String, isFirst: Bool) -> [Step] {
    guard let list = list(of: folder) else {
      guard isFirst else { return above(folder, naming: names) }
      // Where a folder has a list of its own, the folder is what is named above.
      return [.write(path: Self.join(folder, Self.ourName), text: Bundle.list(names))]
        + above(folder, naming: nil)
    }
    guard list.isOurs else { return [.tell(path: list.path, resources: names)] }
    let fresh = names.filter { !list.resources.contains($0) }
    guard !fresh.isEmpty else { return [] }
    // The closed door stays last.
    let place = list.resources.count - (list.resources.last == Self.closedDoor ? 1 : 0)
    let all = Array(list.resources[..<place]) + fresh + Array(list.resources[place...])
    return [.write(path: list.path, text: Bundle.list(all))]
  }
}

// How it works.
extension FolderLists {
  private struct List {
    let path: String
    let resources: [String]
    let isOurs: Bool
  }

  /// The nearest list of a folder above that has to name something of this folder: files, or the folder itself.
  ///
  /// Files are named by a list that names others beside them; one that names none puts another folder together.
  private func above(_ folder: String, naming names: [String]?) -> [Step] {
    let steps = FilePath(folder).steps
    for depth in steps.indices.reversed() {
      guard let list = list(of: steps[..<depth].joined(separator: "/")) else { continue }
      let way = steps[depth...].joined(separator: "/")
      let listed = Set(list.resources.map { FilePath($0).text })
      guard let names else {
        return listed.contains(way) ? [] : [.tell(path: list.path, resources: [way])]
      }
      guard listed.contains(where: { FilePath($0).folder == way }) else { continue }
      let fresh = names.map { Self.join(way, $0) }.filter { !listed.contains($0) }
      return fresh.isEmpty ? [] : [.tell(path: list.path, resources: fresh)]
    }
    return []
  }

  private func list(of folder: String) -> List? {
    let paths = Self.names.lazy.map { Self.join(folder, $0) }
    guard let path = paths.first(where: { files[$0] != nil }), let bytes = files[path] else { return nil }
    let documents = (try? YAML.read(bytes)) ?? []
    let resources = documents.flatMap { $0["resources"]?.sequence ?? [] }.compactMap(\.string)
    let isOurs =
      documents.count == 1 && documents.allSatisfy(OwnDocument.isList) && path.hasSuffix(Self.ourName)
    return List(path: path, resources: resources, isOurs: isOurs)
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }

  private static let ourName = "kustomization.yaml"
  /// What Kustomize looks for, in this order.
  private static let names = [ourName, "kustomization.yml", "Kustomization"]
  private static let closedDoor = "networkpolicy-default-deny.yaml"
}
