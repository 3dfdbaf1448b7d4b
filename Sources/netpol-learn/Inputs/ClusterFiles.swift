import Console
import Documents
import Kubernetes

/// Reads cluster objects from everything that `--cluster` may name.
struct ClusterFiles {
  /// What was read of one source.
  struct Source {
    let name: String
    let reading: ClusterReading
  }

  private(set) var sources: [Source] = []
  /// Whether any source was named.
  let isAsked: Bool
  /// What could not be read, in words.
  private(set) var troubles: [Complaint] = []

  /// Reads these sources, each a file, a folder or `-`.
  ///
  /// An unreadable file ends the run; unreadable objects are remembered.
  init(_ names: [String]) throws {
    isAsked = !names.isEmpty
    for name in names {
      let found = try InputFiles(at: name, limits: Self.limits)
      if let trouble = Manifests.passedLinks(of: found, in: name) { troubles.append(trouble) }
      for file in found.files {
        let reading: ClusterReading
        do {
          reading = try ClusterReading(file.bytes)
        } catch {
          throw Manifests.complaint(error, in: file.path, wanted: "a list of cluster objects")
        }
        troubles += reading.problems.map { problem in
          let place = problem.position.map { ":\($0.line)" } ?? ""
          return Complaint("`\(file.path)\(place)`: \(problem.message)", exitCode: .input)
        }
        if reading.passedOver["Status"] != nil { troubles += Self.failures(in: file) }
        sources.append(Source(name: file.path, reading: reading))
      }
    }
  }

  /// What the API server said instead of objects, where it says so.
  private static func failures(in file: InputFile) -> [Complaint] {
    let shape: Shape = ["kind": .all, "status": .all, "message": .all, "reason": .all]
    let documents = (try? Document.read(file.bytes, keeping: shape, limits: .cluster)) ?? []
    return documents.compactMap { document in
      guard document["kind"]?.string == "Status", document["status"]?.string == "Failure" else { return nil }
      let words = document["message"]?.string ?? document["reason"]?.string ?? "without a word"
      return Complaint("`\(file.path)` holds a failure of the API server: \(words)", exitCode: .input)
    }
  }

  /// Whole clusters are printed into one file: some hundred megabytes for ten thousand pods.
  static let limits = InputFiles.Limits(fileBytes: 2 << 30, allBytes: 4 << 30)

  /// Every object of every source.
  var objects: [ClusterObject] { sources.flatMap(\.reading.objects) }
}
