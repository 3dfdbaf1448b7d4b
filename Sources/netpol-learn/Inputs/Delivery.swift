import Console
import Generator
import Review

/// Writes a folder of policies and what belongs beside them, all or nothing.
struct Delivery {
  private let folder: PolicyFolder
  private let policies: Policies
  /// Which folder in it each namespace has, empty for the folder itself.
  private let places: [String: String]
  /// The files by the folder that they stand in.
  private var folders: [String: [String: String]] = [:]
  /// The review files as they were read.
  private let earlier: ReviewFolder

  /// What a folder gets, with the review files that change.
  init(
    to folder: PolicyFolder, _ policies: Policies, _ reviews: [String: String],
    replacing earlier: ReviewFolder
  ) {
    self.folder = folder
    self.policies = policies
    self.earlier = earlier
    let bundle = Bundle(policies.plan, dialect: policies.learned.options.dialect)
    places = folder.places(of: Set(bundle.namespaces.map(\.name)))
    for namespace in bundle.namespaces {
      folders[places[namespace.name] ?? "", default: [:]].merge(
        namespace.files.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
    if !bundle.companions.isEmpty {
      folders[Bundle.companionFolder, default: [:]].merge(
        bundle.companions.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
    for (path, text) in reviews {
      folders[ManifestFolder.place(of: path), default: [:]][ManifestFolder.name(of: path)] = text
    }
  }

  /// The one folder that all policies are written into.
  var target: String { folder.shown(places.count == 1 ? places.first?.value ?? "" : "") }

  /// Writes it, and says what an earlier run left there; in a dry run all but the writing.
  func run(isDryRun: Bool, on terminal: inout Terminal) throws {
    guard !policies.plan.policies.isEmpty else { return }
    let before = before
    if let disorder = before.disorder { throw complaint(about: disorder) }
    let uncovered = folder.isEvery ? UncoveredPolicies(folder.layout, policies.learned.options) : nil
    let objections = before.objections + (uncovered?.objections ?? [])
    guard objections.isEmpty else {
      throw Complaint(
        "policies of an earlier run are in the way in `\(folder.path)`, and nothing was written",
        detail: objections,
        hint:
          "write into another folder, or remove them; in the cluster they stay until they are deleted there",
        exitCode: .refused)
    }
    let mayReplace = { (name: String, bytes: [UInt8]) in
      // What changed since it was read is somebody's work of this moment.
      ReviewFile.names.contains(name) ? earlier.holds(bytes) : OwnFiles.contains(name, bytes)
    }
    if isDryRun {
      try OutputFolder.rehearse(at: folder.path, folders: folders, replacing: mayReplace)
    } else {
      try OutputFolder(at: folder.path).write(folders: folders, replacing: mayReplace)
    }
    uncovered?.tell(in: folder.path, on: &terminal)
    // Policies of before that stay in the folder may still be applied with it.
    let count = before.leftovers.count
    guard count > 0 else { return }
    terminal.warn(
      "\(count.counted("file")) of an earlier run in `\(folder.path)` \(count == 1 ? "is" : "are") no longer generated",
      detail: before.leftovers, hint: "remove what is not needed any more: it was left as it is")
  }

  private var before: FolderReplacement {
    let paths = folders.flatMap { subfolder, files in
      files.keys.map { subfolder.isEmpty ? $0 : "\(subfolder)/\($0)" }
    }
    return FolderReplacement(
      folder.files, folder.layout, places: places, by: Set(paths), with: policies.plan,
      policies.learned.options)
  }

  /// Policies add up: what is taken back in one place must not stay in force by another.
  private func complaint(about disorder: FolderReplacement.Disorder) -> Complaint {
    let names = { (namespaces: Set<String>) in
      namespaces.sorted().map { "`\($0)`" }.joined(separator: ", ")
    }
    let (message, hint) =
      switch disorder {
      case .flat(let namespaces):
        (
          "policies of \(names(namespaces)) lie right in `\(folder.path)`, where each namespace has a folder of its own now",
          namespaces.sorted().first.map {
            "move them into `\(folder.shown($0))` with their `kustomization.yaml`, or write into another folder"
          }
        )
      case .twice(let namespace):
        (
          "policies of `\(namespace)` lie both right in `\(folder.path)` and in `\(folder.shown(namespace))`, and add up",
          "remove those that are stale, here and in the cluster"
        )
      case .others(let namespaces, let namespace):
        (
          "policies of \(names(namespaces)) lie right in `\(folder.path)`, and those of `\(namespace)` would take their names",
          "write into a folder of its own with `--out \(folder.shown(namespace))`"
        )
      }
    return Complaint("\(message); nothing was written", hint: hint, exitCode: .refused)
  }
}
