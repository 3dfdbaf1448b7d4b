import TestSupport
import Testing
import Traffic

@testable import Kubernetes

/// A recorded cluster in which addresses change hands.
struct Churn {
  private let files: [String: [UInt8]]

  /// When the watches began, to some hundredths of a second: from the offsets of events and the whole seconds they tell.
  static let start = Instant("2026-11-21T08:08:47.75Z")

  init() throws {
    let archive = try Archive(Repository.absolute("Tests/KubernetesTests/Fixtures/churn.tar.xz"))
    files = Dictionary(archive.files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
  }

  /// A file of the recording.
  func text(_ name: String) throws -> [UInt8] { try #require(files[name]) }

  /// The events about a kind, each with its line break.
  func events(_ kind: String) throws -> [[UInt8]] {
    try text("watch-\(kind).jsonl").split(separator: UInt8(ascii: "\n")).map {
      Array($0) + [UInt8(ascii: "\n")]
    }
  }

  /// What the lists and then the watches told.
  func objects() throws -> [ClusterObject] {
    try ["pods", "services", "nodes", "endpointslices", "namespaces"].flatMap { kind in
      try ClusterReading(text("list-\(kind).json")).objects
        + ClusterReading(text("watch-\(kind).jsonl")).objects
    }
  }
}
