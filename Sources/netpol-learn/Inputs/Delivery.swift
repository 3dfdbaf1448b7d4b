import Console
import Generator
import Review

/// Writes a folder of policies and what belongs beside them, all or nothing.
struct Delivery {
  private let path: String
  private let policies: Policies
  /// The files by the folder that they stand in, empty for this one.
  private var folders: [String: [String: String]] = [:]
  /// The review files as they were read, and those of them that change.
  private let earlier: ReviewFolder
  private let reviews: [String: String]

  /// What a folder gets; of several namespaces each has a folder in it.
  init(to path: String, _ policies: Policies, _ reviews: [String: String], replacing earlier: ReviewFolder) {
    self.path = path
    self.policies = policies
    self.reviews = reviews
    self.earlier = earlier
    let bundle = Bundle(policies.plan, dialect: policies.learned.options.dialect)
    let isSingle = bundle.namespaces.count == 1
    for namespace in bundle.namespaces {
      folders[isSingle ? "" : namespace.name] = Dictionary(
        namespace.files.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
    if !bundle.companions.isEmpty {
      folders[Bundle.companionFolder, default: [:]].merge(
        bundle.companions.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
    if !reviews.isEmpty { folders["", default: [:]].merge(reviews) { file, _ in file } }
  }

  /// Writes it, and says what an earlier run left there.
  func run(on terminal: inout Terminal) throws {
    guard !policies.plan.policies.isEmpty else { return }
    let folder = try OutputFolder(at: path)
    let before = try before(in: folder)
    guard before.objections.isEmpty else {
      throw Complaint(
        "policies of an earlier run are in the way in `\(path)`, and nothing was written",
        detail: before.objections,
        hint:
          "write into another folder, or remove them; in the cluster they stay until they are deleted there",
        exitCode: .refused)
    }
    try folder.write(folders: folders) { name, bytes in
      // What changed since it was read is somebody's work of this moment.
      reviews.keys.contains(name) ? earlier.holds(bytes) : OwnFiles.contains(name, bytes)
    }
    for review in before.otherReviews {
      terminal.warn(
        "`\(path)/\(review)` holds what people decided in a run for that folder alone, and counts only with `--accept`",
        hint:
          "add `--accept \(path)/\(review)` if it is not there, and remove the file once `\(path)/\(ReviewFile.name)` has its decisions"
      )
    }
    // Policies of before that stay in the folder may still be applied with it.
    let count = before.leftovers.count
    guard count > 0 else { return }
    terminal.warn(
      "\(count.counted("file")) of an earlier run in `\(path)` \(count == 1 ? "is" : "are") no longer generated",
      detail: before.leftovers, hint: "remove what is not needed any more: it was left as it is")
  }

  private func before(in folder: borrowing OutputFolder) throws -> FolderReplacement {
    let files = try OwnFiles.manifests(in: Set(folders.keys).union([""]), of: folder)
    let paths = folders.flatMap { subfolder, files in
      files.keys.map { subfolder.isEmpty ? $0 : "\(subfolder)/\($0)" }
    }
    return FolderReplacement(files, by: Set(paths), with: policies.plan, policies.learned.options)
  }
}
