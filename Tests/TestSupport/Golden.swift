import Glibc
public import Testing

/// Expects a text to be what a file of the repository holds.
///
/// `NETPOL_UPDATE=1` writes the file instead. The path counts from the repository's root.
public func expectGolden(_ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) {
  expectGolden(bytes: Array(text.utf8), path, sourceLocation: sourceLocation) { wanted in
    LineDifference(from: String(decoding: wanted, as: UTF8.self), to: text).description
  }
}

/// Expects bytes to be what a file of the repository holds.
///
/// `NETPOL_UPDATE=1` writes the file instead. The path counts from the repository's root.
public func expectGolden(
  bytes: [UInt8], _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  expectGolden(bytes: bytes, path, sourceLocation: sourceLocation) { wanted in
    let same = zip(wanted, bytes).prefix { $0 == $1 }.count
    return "\(wanted.count) bytes in the file, \(bytes.count) made; the first difference is at byte \(same)"
  }
}

/// What a text is not said about: how a golden file is found, compared and renewed.
private func expectGolden(
  bytes: [UInt8], _ path: String, sourceLocation: SourceLocation, explain: ([UInt8]) -> String
) {
  do throws(FileProblem) {
    // The variable is only looked at.
    if unsafe getenv("NETPOL_UPDATE") != nil {
      return try FileBytes.write(bytes, to: Repository.absolute(path))
    }
    let wanted = try Repository.read(path)
    guard wanted != bytes else { return }
    record("`\(path)` is not what was made\n\(explain(wanted))")
  } catch {
    record(error.isMissing ? "there is no `\(path)` yet" : error.description)
  }

  func record(_ words: String) {
    Issue.record(
      "\(words)\nif this is meant: NETPOL_UPDATE=1 swift test --disable-xctest",
      sourceLocation: sourceLocation)
  }
}
