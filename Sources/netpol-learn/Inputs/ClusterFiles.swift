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
  /// What could not be read, in words.
  private(set) var troubles: [Complaint] = []

  /// Reads these sources, each a file, a folder or `-`.
  ///
  /// An unreadable file ends the run; unreadable objects are remembered.
  init(_ names: [String]) throws {
    for name in names {
      for file in try Manifests.files(at: name, limits: Self.limits) {
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
        sources.append(Source(name: file.path, reading: reading))
      }
    }
  }

  /// Whole clusters are printed into one file: some hundred megabytes for ten thousand pods.
  private static let limits = InputFiles.Limits(fileBytes: 2 << 30, allBytes: 4 << 30)

  /// Every object of every source.
  var objects: [ClusterObject] { sources.flatMap(\.reading.objects) }
}
