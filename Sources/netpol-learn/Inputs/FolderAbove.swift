import Console
import Documents
import Generator
import Review

/// The folder above one that is a namespace's own, as `policies` is above `policies/payments`.
///
/// What people decided there counts in a run for the namespace alone too, or that run would revoke it.
struct FolderAbove {
  private let namespace: String
  private let path: String
  /// The folder with what parts it from names in it.
  private let base: String
  private let layout: FolderLayout
  private let reviews: [(name: String, bytes: [UInt8], isAbove: Bool)]

  /// Reads it; nil for a folder that isn't called as the one namespace that is asked for.
  init?(of path: String, for namespaces: NamespaceOptions) throws {
    let steps = path.split(separator: "/")
    guard !namespaces.isEvery, Set(namespaces.names).count == 1, let namespace = namespaces.names.first,
      let last = steps.last, last == namespace
    else { return nil }
    let base = String(path[..<last.startIndex])
    // A folder that may not be looked into has nothing for us.
    guard let folder = Self.open(base.isEmpty ? "." : base), let folders = try? folder.folders() else {
      return nil
    }
    let manifests = try folder.files(
      in: "", endingIn: InputFiles.manifestSuffixes + [ReviewFile.name], needed: Set(ReviewFile.names),
      passingOver: true)
    var reviews: [(name: String, bytes: [UInt8], isAbove: Bool)] = []
    for file in manifests where ReviewFile.names.contains(file.name) {
      reviews.append((file.name, file.bytes, true))
    }
    for beside in folders where beside != namespace {
      let found = try folder.files(
        in: beside, endingIn: ReviewFile.names, needed: Set(ReviewFile.names)
      ).filter { ReviewFile.names.contains($0.name) }
      guard !found.isEmpty else { continue }
      let policies = try folder.files(in: beside, endingIn: [".yaml"]).map {
        FolderUpdate.File(path: "\(beside)/\($0.name)", bytes: $0.bytes)
      }
      // Folders of anything else may hold decisions about another cluster.
      guard FolderLayout(policies).own.contains(beside) else { continue }
      for file in found { reviews.append(("\(beside)/\(file.name)", file.bytes, false)) }
    }
    self.namespace = namespace
    self.path = path
    self.base = base
    self.reviews = reviews
    layout = FolderLayout(manifests.map { FolderUpdate.File(path: $0.name, bytes: $0.bytes) })
  }

  private static func open(_ path: String) -> OutputFolder? {
    do { return try OutputFolder(existingAt: path) } catch { return nil }
  }

  /// Reads what was decided there.
  func read(into folder: inout ReviewFolder) throws {
    for review in reviews {
      let name = base + review.name
      do { try folder.read(review.bytes, isAbove: review.isAbove, named: name) } catch {
        throw Decided.complaint(error, in: name, wanted: "review file")
      }
    }
  }

  /// Refuses to write policies of the namespace where some lie in the folder above: they would add up.
  func requireNone() throws {
    guard layout.flat.contains(namespace) else { return }
    let above = base.isEmpty ? "." : base
    throw Complaint(
      "policies of `\(namespace)` lie right in `\(above)`, and add up with those in `\(path)`; nothing was written",
      hint: "move them into `\(path)` with their `kustomization.yaml`, or write into `\(above)`",
      exitCode: .refused)
  }
}
