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
  /// What else a reader should know, in words.
  private(set) var remarks: [Complaint] = []

  /// Reads these sources, each a file, a folder or `-`.
  ///
  /// An unreadable file ends the run; unreadable objects are remembered.
  init(_ names: [String]) throws {
    isAsked = !names.isEmpty
    for name in names {
      do {
        let file = try InputPieces(at: name, limit: Self.limits.fileBytes)
        let reading = Result { () throws(DocumentError) in try ClusterReading(pieces: file.next) }
        // What was cut short by a failure is no wrong text.
        if let failure = file.failure { throw failure }
        try take(reading, of: name)
      } catch FileError.isFolder {
        try takeFolder(name)
      }
    }
  }

  private mutating func takeFolder(_ name: String) throws {
    let found = try InputFiles(at: name, endingIn: Self.suffixes, limits: Self.limits)
    if let trouble = Manifests.passedLinks(of: found, in: name) { troubles.append(trouble) }
    for file in found.files {
      try take(Result { () throws(DocumentError) in try ClusterReading(file.bytes) }, of: file.path)
    }
  }

  private mutating func take(_ result: Result<ClusterReading, DocumentError>, of file: String) throws {
    let reading: ClusterReading
    do {
      reading = try result.get()
    } catch {
      throw Manifests.complaint(error, in: file, wanted: "a list of cluster objects")
    }
    troubles += reading.problems.map { problem in
      let place = problem.position.map { ":\($0.line)" } ?? ""
      return Complaint("`\(file)\(place)`: \(problem.message)", hint: problem.hint, exitCode: .input)
    }
    if let cut = reading.cut {
      var complaint = Manifests.complaint(cut, in: file, wanted: "a whole watch")
      complaint.detail.append("what it told before stands")
      troubles.append(complaint)
    }
    troubles += reading.failures.map {
      Complaint("`\(file)` holds a failure of the API server: \($0)", exitCode: .input)
    }
    remarks += reading.renamedLabels.map { Manifests.remark($0, in: file) }
    sources.append(Source(name: file, reading: reading))
  }

  /// Whole clusters are printed into one file: some hundred megabytes for ten thousand pods.
  static let limits = InputFiles.Limits(fileBytes: 2 << 30, allBytes: 4 << 30)

  /// What the files in a folder are called that are read: manifests, watches and tables of addresses.
  private static let suffixes = InputFiles.manifestSuffixes + [".jsonl", ".csv"]

  /// Every object of every source.
  var objects: [ClusterObject] { sources.flatMap(\.reading.objects) }
}
