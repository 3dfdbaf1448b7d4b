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
  /// The texts that could not be read at all, in words.
  private var unread: [Complaint] = []
  /// Whether any source was named.
  let isAsked: Bool
  /// What could not be read, in words.
  private(set) var troubles: [Complaint] = []
  /// How many of them are policies, without which every address's owner is known all the same.
  private(set) var unreadPolicies = 0
  /// What else a reader should know, in words.
  private(set) var remarks: [Complaint] = []

  /// Reads these sources, each a file, a folder or `-`.
  ///
  /// What can't be read is remembered, and the rest stands; where nothing at all could be read, that ends the run. So
  /// do two sources that tell of two clusters.
  init(_ names: [String]) throws {
    isAsked = !names.isEmpty
    for name in names {
      do {
        let file = try InputPieces(at: name, limit: Self.limits.fileBytes)
        let reading = Result { () throws(DocumentError) in try ClusterReading(pieces: file.next) }
        // What was cut short by a failure is no wrong text.
        if let failure = file.failure { throw failure }
        take(reading, of: name)
      } catch FileError.isFolder {
        try takeFolder(name)
      }
    }
    if objects.isEmpty, var first = unread.first {
      first.detail += unread.dropFirst().map(\.message)
      throw first
    }
    try requireOneCluster()
  }

  private mutating func takeFolder(_ name: String) throws {
    let found = try InputFiles(at: name, endingIn: Self.suffixes, limits: Self.limits)
    if let trouble = Manifests.passedLinks(of: found, in: name) { troubles.append(trouble) }
    for file in found.files {
      take(Result { () throws(DocumentError) in try ClusterReading(file.bytes) }, of: file.path)
    }
  }

  private mutating func take(_ result: Result<ClusterReading, DocumentError>, of file: String) {
    let reading: ClusterReading
    do {
      reading = try result.get()
    } catch {
      let complaint = Manifests.complaint(error, in: file, wanted: "a list of cluster objects")
      unread.append(complaint)
      troubles.append(complaint)
      return
    }
    troubles += reading.problems.map { problem in
      let place = problem.position.map { ":\($0.line)" } ?? ""
      return Complaint("`\(file)\(place)`: \(problem.message)", hint: problem.hint, exitCode: .input)
    }
    unreadPolicies += reading.problems.count { if case .policy = $0 { true } else { false } }
    if let cut = reading.cut {
      var complaint = Manifests.complaint(
        cut, in: file, wanted: reading.hasEvents ? "a whole watch" : "a whole list")
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

  /// The objects of each source.
  ///
  /// Those of a whole cluster should not be copied without need.
  var parts: [[ClusterObject]] { sources.map(\.reading.objects) }

  /// The lists among the sources that show what is gone.
  var lists: [WholeList] { sources.flatMap(\.reading.wholeLists) }

  /// The objects that lists show to be gone, and that were not known to be before these sources were read.
  func ended(beside known: KeptObjects) -> [ClusterObject] {
    guard !known.lists.isEmpty || !lists.isEmpty else { return [] }
    let gone = (known.objects + objects).ended(by: known.lists + lists)
    let before = known.objects.ended(by: known.lists)
    var earlier = before.makeIterator()
    var next = earlier.next()
    // Both are in one order, and what was gone stays so or is there again.
    return gone.filter { object in
      while let other = next, other.isBefore(object) { next = earlier.next() }
      return next.map { !$0.isSame(as: object) } ?? true
    }
  }

  /// These objects and those of every source, with the ends that lists show.
  func inventory(beside known: KeptObjects) -> Inventory {
    Inventory(known.objects + objects, lists: known.lists + lists)
  }
}
