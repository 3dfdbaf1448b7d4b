import Capture
import Console
import Traffic

/// The capture files of one run, each read once: what was imported before, or is named twice, is told and left out.
///
/// Every file is opened once, because what comes through a pipe can't be had again.
struct CaptureFiles {
  /// The files, as people named them.
  let paths: [String]
  /// The store, as people named it.
  let store: String
  /// The fingerprints of the files that were imported before.
  let imported: Set<String>
  /// How the run ends at least: with `input` where a file is no capture.
  private(set) var exitCode = ExitCode.done

  init(paths: [String], store: String, imported: Set<String>) {
    self.paths = paths
    self.store = store
    self.imported = imported
  }

  /// What a run over the files found.
  struct Taken {
    /// Who recorded: the name that was given, or one that these files alone have.
    let recorder: String
    let harvest: Harvest
    let readings: [CaptureReading]
    /// Whether everything can be read again: nothing came through a pipe.
    var isRepeatable = true
  }

  /// Reads what is new into a recording that is made for it; nil where nothing is.
  mutating func read(on terminal: inout Terminal, into empty: () -> Recording) throws -> Taken? {
    var run = try CaptureRun(paths: paths)
    for error in run.refused {
      terminal.report(error.complaint)
      exitCode = .input
    }
    let fingerprints = try run.fingerprints()
    let pipes = Set(fingerprints.indices.filter { fingerprints[$0] == nil })
    let repeated = repeated(run.paths, fingerprints, on: &terminal)
    run.leaveOut(repeated)
    guard !run.paths.isEmpty else { return nil }
    let isPipe = fingerprints.indices.filter { !repeated.contains($0) }.map(pipes.contains)
    var taken = try take(run, into: empty(), on: &terminal)
    taken.isRepeatable = !isPipe.contains(true)
    return try separated(taken, isPipe, empty, on: &terminal)
  }

  private func take(
    _ run: CaptureRun, into empty: consuming Recording, on terminal: inout Terminal
  ) throws -> Taken {
    var run = run
    var recording = empty
    let size = run.size
    let readings = try run.read(into: &recording) { done in
      terminal.progress(
        "reading \((done >> 20).grouped) MiB\(size.map { " of \(($0 >> 20).grouped)" } ?? "")")
    }
    let recorder = recording.recorder
    return Taken(recorder: recorder, harvest: recording.finish(), readings: readings)
  }

  /// The places of files that are known already, which are told; pipes are not known yet.
  private func repeated(
    _ paths: [String], _ fingerprints: [Fingerprint?], on terminal: inout Terminal
  ) -> Set<Int> {
    var seen: [Fingerprint: String] = [:]
    var repeated: Set<Int> = []
    for (place, fingerprint) in fingerprints.enumerated() {
      guard let fingerprint else { continue }
      if imported.contains(fingerprint.description) {
        terminal.say("skipped", "\(paths[place]), which is in \(store) already")
        repeated.insert(place)
      } else if let first = seen.updateValue(seen[fingerprint] ?? paths[place], forKey: fingerprint) {
        terminal.say(
          "skipped",
          "\(paths[place]), which is \(first == paths[place] ? "named twice" : "the same as \(first)")")
        repeated.insert(place)
      }
    }
    return repeated
  }

  /// What was taken without the pipes that turned out to be known; for that, the files beside them are read again.
  private func separated(
    _ taken: Taken, _ isPipe: [Bool], _ empty: () -> Recording, on terminal: inout Terminal
  ) throws -> Taken? {
    let pipes = zip(taken.readings, isPipe).filter(\.1).map(\.0)
    let files = zip(taken.readings, isPipe).filter { !$0.1 }.map(\.0)
    let order = files + pipes
    let known = repeated(order.map(\.path), order.map(\.fingerprint), on: &terminal)
    guard !known.isEmpty else { return taken }
    if let fresh = order.indices.first(where: { $0 >= files.count && !known.contains($0) }) {
      throw Complaint(
        "`\(order[fresh].path)` came together with packets that are known already, and nothing was kept",
        hint: "read each pipe in a run of its own", exitCode: .refused)
    }
    let rest = files.indices.filter { !known.contains($0) }.map { files[$0].path }
    guard !rest.isEmpty else { return nil }
    return try take(CaptureRun(paths: rest), into: empty(), on: &terminal)
  }
}
