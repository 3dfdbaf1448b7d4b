import Console
import Generator
import Kubernetes
import Review

/// Brings the policies of a folder up to date, all or none.
struct Updating {
  private let folder: String
  private let files: [FolderUpdate.File]
  private let update: FolderUpdate

  /// Reads the folder, which must be there.
  init(_ folder: String, _ policies: Policies, _ dialect: Dialect) throws {
    self.folder = folder
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    files = try InputFiles(at: folder).files.filter { $0.path.hasPrefix(base) }.map {
      FolderUpdate.File(path: String($0.path.dropFirst(base.count)), bytes: $0.bytes)
    }
    update = FolderUpdate(
      files, with: policies.plan, for: policies.learned.options.namespaces, dialect: dialect)
  }

  /// Writes what changes, and says it.
  func run(isDryRun: Bool, on terminal: inout Terminal) throws {
    guard update.objections.isEmpty else {
      throw Complaint(
        "`\(folder)` can't be brought up to date, and nothing was written", detail: update.objections,
        hint: "mend these, or write into a folder of its own with `--out`", exitCode: .refused)
    }
    if !isDryRun { try write() }
    let counts = [
      "\(update.changed.grouped) changed", "\(update.added.grouped) new",
      "\(update.kept.grouped) as they were",
    ].joined(separator: ", ")
    terminal.say(
      isDryRun ? "would" : "updated", isDryRun ? "update \(folder): \(counts)" : "\(folder): \(counts)")
    for path in update.texts.keys.sorted() { terminal.whisper("  \(path)") }
    if !update.leftovers.isEmpty {
      terminal.warn(
        "\(update.leftovers.count.counted("policy", "policies")) of an earlier run in `\(folder)` \(update.leftovers.count == 1 ? "is" : "are") no longer generated",
        detail: update.leftovers, hint: "remove what is not needed any more: it was left as it is")
    }
    if !update.unlisted.isEmpty {
      terminal.warn(
        "\(update.unlisted.count.counted("new file")) \(update.unlisted.count == 1 ? "is" : "are") in no list: the kustomization there is not ours",
        detail: update.unlisted, hint: "add them to its `resources`")
    }
  }

  private func write() throws {
    guard !update.texts.isEmpty else { return }
    var folders: [String: [String: String]] = [:]
    for (path, text) in update.texts {
      let cut = path.lastIndex(of: "/")
      let place = cut.map { String(path[..<$0]) } ?? ""
      folders[place, default: [:]][cut.map { String(path[path.index(after: $0)...]) } ?? path] = text
    }
    // What changed since it was read is somebody's work of this moment.
    let read = Set(files.map(\.bytes))
    try OutputFolder(at: folder).write(folders: folders) { _, bytes in read.contains(bytes) }
  }
}
