import Console
import Glibc
import TestSupport

@testable import netpol_learn

/// The program in a folder of its own, as somebody types it.
///
/// Paths are shown as they would be typed: those of the repository from its root, those of the folder by their names.
final class Session {
  private let folder: TemporaryFolder
  private let environment: Environment

  /// What one call came to.
  struct Outcome {
    let code: ExitCode
    let output: String
    let talk: String
  }

  init(_ environment: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    self.environment = Environment(environment)
  }

  /// A session whose store has the payments story.
  static func ofTheStory() throws -> Session { try of(.payments) }

  /// A session whose store has a story.
  static func of(_ sample: Sample) throws -> Session {
    let session = try Session()
    _ = try session.run("learn", "-r", sample.capture, "--cluster", sample.cluster)
    return session
  }

  /// Runs the program; words that begin with `samples/` are the repository's, and the store is the session's own.
  func run(_ words: String...) throws -> Outcome { try run(words) }

  func run(_ words: [String]) throws -> Outcome {
    var terminal = Terminal.inMemory(environment)
    let typed = words.map { word in
      if word.hasPrefix("samples/") { return Repository.absolute(word) }
      return word.hasPrefix("@") ? path(String(word.dropFirst())) : word
    }
    let needsStore =
      typed.first.map {
        ["learn", "cluster", "flows", "status", "generate", "diff", "replay", "why"].contains($0)
      } ?? false
    let store = needsStore && !typed.contains("--db") ? ["--db", path("netpol-learn.db")] : []
    let code = Main.program.run(typed + store, on: &terminal)
    return Outcome(code: code, output: shown(terminal.output.text), talk: shown(terminal.error.text))
  }

  /// Where something of the session's is.
  func path(_ name: String) -> String { folder.file(name) }

  /// Puts a text into the session's folder.
  func write(_ text: String, to name: String) throws { try folder.write(text, to: name) }

  /// Puts bytes into the session's folder.
  func write(_ bytes: [UInt8], to name: String) throws { try folder.write(bytes: bytes, to: name) }

  /// Puts a symbolic link into the session's folder.
  func link(_ name: String, to target: String) {
    // In bounds: both texts are terminated for the call.
    _ = unsafe symlink(target, path(name))
  }

  /// Takes a file out of the session's folder.
  func remove(_ name: String) {
    // In bounds: the text is terminated for the call.
    _ = unsafe unlink(path(name))
  }

  /// The text of a file in the session's folder; nil where there is none.
  func text(of name: String) -> String? {
    (try? FileBytes.read(path(name))).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a file in the session's folder; nil where there is none.
  func bytes(of name: String) -> [UInt8]? { try? FileBytes.read(path(name)) }

  private func shown(_ text: String) -> String {
    var shown = ""
    var rest = Substring(text)
    let roots = [folder.path + "/", Repository.root + "/"]
    while !rest.isEmpty {
      if let root = roots.first(where: { rest.hasPrefix($0) }) {
        rest = rest.dropFirst(root.count)
      } else {
        shown.append(rest.removeFirst())
      }
    }
    return shown
  }
}

/// Where the payments story lies.
enum Story {
  static let folder = "samples/payments"
  static let capture = "\(folder)/node-a.pcap"
  static let cluster = "\(folder)/cluster.json"
  static let manifests = "\(folder)/manifests"
  static let expected = "\(folder)/expected"
}
