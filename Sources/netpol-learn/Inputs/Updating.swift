import Console
import Generator
import Kubernetes
import Review

/// Brings the policies of a folder and its review files up to date, all or none.
struct Updating {
  private let folder: ManifestFolder
  private let update: FolderUpdate
  /// The review files that change.
  private let reviews: [String: String]

  /// What becomes of a folder.
  init(_ folder: ManifestFolder, _ policies: Policies, _ reviews: [String: String], isEvery: Bool) {
    self.folder = folder
    self.reviews = reviews
    update = FolderUpdate(
      folder.manifests, with: policies.plan, policies.learned.options, isEvery: isEvery)
  }

  /// Writes what changes, and says it.
  func run(isDryRun: Bool, on terminal: inout Terminal) throws {
    let path = folder.path
    guard update.objections.isEmpty else {
      throw Complaint(
        "`\(path)` can't be brought up to date, and nothing was written", detail: update.objections,
        hint:
          "mend these, or write into a folder of its own with `--out`; what is taken out here stays in the cluster until it is deleted there",
        exitCode: .refused)
    }
    try write(isDryRun: isDryRun)
    let counts = [
      "\(update.changed.grouped) changed", "\(update.added.grouped) new",
      "\(update.kept.grouped) as they were",
    ].joined(separator: ", ")
    terminal.say(
      isDryRun ? "would" : "updated", isDryRun ? "update \(path): \(counts)" : "\(path): \(counts)")
    for path in texts.keys.sorted() { terminal.whisper("  \(path)") }
    if !update.leftovers.isEmpty {
      terminal.warn(
        "\(update.leftovers.count.counted("policy", "policies")) of an earlier run in `\(path)` \(update.leftovers.count == 1 ? "is" : "are") no longer generated",
        detail: update.leftovers, hint: "remove what is not needed any more: it was left as it is")
    }
    update.uncovered?.tell(in: path, on: &terminal)
    for (list, resources) in update.unlisted {
      terminal.warn(
        "\(resources.count.counted("new resource")) \(resources.count == 1 ? "is" : "are") not listed in `\(list)`, which others wrote",
        detail: resources.map { "- \($0)" }, hint: "add these lines to its `resources`, a `default-deny` last"
      )
    }
  }

  private var texts: [String: String] { update.texts.merging(reviews) { policies, _ in policies } }

  private func write(isDryRun: Bool) throws {
    guard !texts.isEmpty else { return }
    var folders: [String: [String: String]] = [:]
    for (path, text) in texts {
      folders[ManifestFolder.place(of: path), default: [:]][ManifestFolder.name(of: path)] = text
    }
    // What changed since it was read is somebody's work of this moment.
    let read = Set(folder.files.map(\.bytes))
    let mayReplace = { (_: String, bytes: [UInt8]) in read.contains(bytes) }
    if isDryRun {
      try OutputFolder.rehearse(at: folder.path, folders: folders, replacing: mayReplace)
    } else {
      try OutputFolder(at: folder.path).write(folders: folders, replacing: mayReplace)
    }
  }
}
