public import Traffic

/// Several capture files, read as one recording in the order of time.
public struct CaptureRun {
  private var files: [CaptureFile]
  private var tallies: [Tally]

  /// What is known of a file's frames while it is read.
  private struct Tally {
    var first: Instant?
    var last: Instant?
    var links: [LinkType] = []

    mutating func note(_ record: CaptureRecord) {
      first = min(first ?? record.instant, record.instant)
      last = max(last ?? record.instant, record.instant)
      if links.last != record.link, !links.contains(record.link) { links.append(record.link) }
    }
  }

  /// Opens every file; `-` is standard input.
  ///
  /// Nothing is read beyond the first frame of each, so a wrong name is told before any work is done.
  public init(paths: [String]) throws(CaptureError) {
    var files: [CaptureFile] = []
    for path in paths { files.append(try CaptureFile(path: path)) }
    self.files = files
    tallies = Array(repeating: Tally(), count: files.count)
  }

  /// The files as they were named, without those that were left out.
  public var paths: [String] { files.map(\.path) }

  /// Leaves files out, named by their places among the paths.
  public mutating func leaveOut(_ places: Set<Int>) {
    files = files.indices.filter { !places.contains($0) }.map { files[$0] }
    tallies = Array(repeating: Tally(), count: files.count)
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
      guard let sum, let size = file.progress.size else { return nil }
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
    var count = 0
    var done: UInt64 = 0
    while let (index, until) = earliest() {
      var tally = tallies[index]
      // As long as no other file is due, there is nothing to choose.
      try files[index].read(until: until) { record, frame in
        tally.note(record)
        recording.note(
          frame, link: record.link, at: record.instant, interface: record.interface,
          wireLength: record.wireLength)
        count += 1
        done &+= UInt64(record.length)
        if count.isMultiple(of: Self.progressStep) { progress(done) }
      }
      tallies[index] = tally
    }
    var fingerprints: [Fingerprint] = []
    for file in files { fingerprints.append(try file.fingerprint()) }
    if recording.recorder.isEmpty {
      recording.recorder = "files-" + Fingerprint(run: fingerprints).description.prefix(16)
    }
    return files.indices.map { reading(of: $0, fingerprint: fingerprints[$0], recorder: recording.recorder) }
  }

  /// The file whose next frame is the earliest, the first named of several, and until when it stays so.
  private func earliest() -> (index: Int, until: Instant)? {
    var best: (index: Int, instant: Instant)?
    var until = Instant.distantFuture
    for (index, file) in files.enumerated() {
      guard let instant = file.next else { continue }
      if let current = best, current.instant <= instant {
        until = min(until, instant)
      } else {
        if let best { until = min(until, best.instant) }
        best = (index, instant)
      }
    }
    return best.map { ($0.index, until) }
  }

  private func reading(of index: Int, fingerprint: Fingerprint, recorder: String) -> CaptureReading {
    let file = files[index]
    let tally = tallies[index]
    var losses = file.losses.map { loss in
      Loss(
        recorder: recorder, interface: loss.interface, from: loss.from ?? tally.first ?? loss.until,
        until: loss.until, received: loss.received ?? 0, dropped: loss.dropped)
    }
    if losses.isEmpty, let first = tally.first, let last = tally.last {
      losses = [
        Loss(
          recorder: recorder, interface: 0, from: first, until: last, received: file.packets, dropped: nil)
      ]
    }
    return CaptureReading(
      path: file.path, fingerprint: fingerprint, packets: file.packets, first: tally.first,
      last: tally.last, links: tally.links, ending: file.ending ?? .whole, losses: losses)
  }

  private static let progressStep = 65_536
}
