public import Traffic

/// Several capture files, read as one recording in the order of time.
///
/// Files are merged by the times of their next frames; where the times of one file go back, its frames stay in their
/// order. Only files that overlap in time are open together.
public struct CaptureRun {
  private var files: [CaptureFile]
  /// Why files were left out that hold no capture.
  public let refused: [CaptureError]

  /// Looks at every file; `-` is standard input.
  ///
  /// Nothing is read beyond the first frame of each, so a wrong name is told before any work is done. What is no
  /// capture is left out, and the rest is read.
  public init(paths: [String]) throws(CaptureError) {
    var files: [CaptureFile] = []
    var refused: [CaptureError] = []
    for path in paths {
      do throws(CaptureError) {
        files.append(try CaptureFile(path: path))
      } catch {
        guard error.isAboutContent else { throw error }
        refused.append(error)
      }
    }
    self.files = files
    self.refused = refused
  }

  /// The files as they were named, without those that were left out.
  public var paths: [String] { files.map(\.path) }

  /// Leaves files out, named by their places among the paths.
  public mutating func leaveOut(_ places: Set<Int>) {
    files = files.indices.filter { !places.contains($0) }.map { files[$0] }
  }

  /// The fingerprint of each file as it was named; nil for a pipe, which has none before its end.
  public func fingerprints() throws(CaptureError) -> [Fingerprint?] {
    var found: [Fingerprint?] = []
    for file in files { found.append(file.isPipe ? nil : try file.fingerprint()) }
    return found
  }

  /// How many bytes there are to read, where every file knows its size.
  public var size: UInt64? {
    files.reduce(0) { sum, file in
      guard let sum, let size = file.size else { return nil }
      return sum &+ size
    }
  }

  /// Reads everything into a recording; a recording without a name gets one that these files alone have.
  ///
  /// `progress` hears now and then how many bytes were read. A file that is damaged ends there, and the others go on:
  /// see the readings.
  public mutating func read(
    into recording: inout Recording, progress: (UInt64) -> Void = { _ in }
  ) throws(CaptureError) -> [CaptureReading] {
    var queue = try MergeQueue(files)
    var successions = Successions()
    var count = 0
    while let (file, until) = try queue.next() {
      recording.stretch = file.stretch ?? successions.stretch(from: file.due ?? .distantPast)
      count += try file.give(until: until, atMost: Self.progressStep) { record, frame in
        recording.note(
          frame, link: record.link, at: record.instant, interface: record.interface,
          wireLength: record.wireLength)
      }
      file.stretch = recording.stretch
      if file.end != nil { successions.end(recording.stretch) }
      guard count >= Self.progressStep else { continue }
      count = 0
      progress(files.reduce(0) { $0 &+ $1.offset })
    }
    // Each machine numbers its interfaces from 1 on and has its own clock, and nobody knows of which machine a file is.
    if files.count > 1 { recording.mayShowSeveralMachines = true }
    var fingerprints: [Fingerprint] = []
    for file in files { fingerprints.append(try file.fingerprint()) }
    if recording.recorder.isEmpty {
      recording.recorder = "files-" + Fingerprint(run: fingerprints).description.prefix(16)
    }
    return files.compactMap { reading(of: $0, recorder: recording.recorder) }
  }

  private func reading(of file: CaptureFile, recorder: String) -> CaptureReading? {
    guard let end = file.end else { return nil }
    let span = file.times.span
    var losses = end.losses.compactMap { $0.loss(recorder: recorder, within: span) }
    if losses.isEmpty, let span {
      losses = [
        Loss(
          recorder: recorder, interface: 0, from: span.lowerBound, until: span.upperBound,
          received: end.packets, dropped: nil)
      ]
    }
    return CaptureReading(
      path: file.path, fingerprint: end.fingerprint, packets: end.packets, first: span?.lowerBound,
      last: span?.upperBound, clock: file.times.faults, links: file.links, ending: end.ending, losses: losses)
  }

  private static let progressStep = 65_536
}
