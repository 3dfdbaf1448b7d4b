import Console
import Documents
import Kubernetes

/// Reads NetworkPolicies from everything that `--against` and `--policies` may name.
struct Manifests {
  /// The policies, in the order of the files.
  private(set) var policies: [NetworkPolicy] = []
  /// How many files were read.
  private(set) var fileCount = 0

  /// Reads the policies at this path; the first file or policy that makes no sense ends the run.
  init(at path: String) throws {
    for file in try Self.files(at: path, limits: InputFiles.Limits()) {
      fileCount += 1
      let reading: PolicyReading
      do {
        reading = try PolicyReading(file.bytes, file: file.path)
      } catch {
        throw Self.complaint(error, in: file.path, wanted: "a manifest")
      }
      if let problem = reading.problems.first {
        throw Complaint(
          "`\(problem.policy)` in `\(file.path)` is no valid NetworkPolicy",
          detail: problem.causes.map { cause in
            let place = cause.position.map { "line \($0.line): " } ?? ""
            return place + cause.description
          },
          hint: problem.hint, exitCode: .input)
      }
      policies += reading.policies
    }
  }

  /// The files at a path: the file itself, every manifest beneath a folder, or standard input.
  static func files(at path: String, limits: InputFiles.Limits) throws -> [InputFile] {
    try InputFiles(at: path, limits: limits).files
  }

  /// A text that is no document, with its place.
  static func complaint(_ error: DocumentError, in file: String, wanted: String) -> Complaint {
    let place = error.position.map { ":\($0.line)" } ?? ""
    return Complaint(
      "`\(file)\(place)` is not \(wanted): \(error.message)", hint: error.hint, exitCode: .input)
  }
}
