import Console
import Documents
import Review

/// Reads manifests as they are written: every document of every file, with its place.
struct WrittenManifests {
  /// The documents, in the order of the files.
  private(set) var manifests: [Manifest] = []
  /// The files that are no documents.
  private(set) var unreadable: [Scene.UnreadableFile] = []
  private var troubles: [Complaint] = []
  private var seen: Set<String> = []

  /// Reads a file, a folder or `-`; what is no document is remembered, and what was read before is passed over.
  mutating func read(_ path: String) throws {
    let found = try InputFiles(at: path)
    if let trouble = Manifests.passedLinks(of: found, in: path) { troubles.append(trouble) }
    for file in found.files where seen.insert(file.path).inserted {
      do throws(DocumentError) {
        manifests += try Document.read(file.bytes, limits: .manifests).map { Manifest(file: file.path, $0) }
      } catch {
        unreadable.append(Scene.UnreadableFile(file: file.path, error))
      }
    }
  }

  /// Says what could not be read; the answer is how the run ends at least.
  ///
  /// Files that are no documents are findings of their own, so they are told here only where nobody looks for those.
  func tell(on terminal: inout Terminal, files: Bool) -> ExitCode {
    let unread =
      files ? unreadable.map { Manifests.complaint($0.error, in: $0.file, wanted: "a manifest") } : []
    for trouble in troubles + unread {
      terminal.warn(trouble.message, detail: trouble.detail, hint: trouble.hint)
    }
    return troubles.isEmpty && unreadable.isEmpty ? .done : .input
  }
}
