import Glibc

/// One way out for text: standard output, standard error, or memory.
///
/// Text is collected and leaves in large pieces. When the reader of a pipe has gone, what follows is
/// dropped without a word, as `head` expects; any other failure is kept for the end of the run.
public struct Outlet {
  /// Whether people look at it.
  public let isTerminal: Bool
  /// How many characters a line has; nil where nobody knows.
  public let columns: Int?
  /// What went wrong with writing, if anything did.
  public private(set) var failure: SystemError?
  /// Whether the reader has gone, so that there is no sense in making more.
  public private(set) var isClosed = false

  private let descriptor: Int32?
  private var pending: [UInt8] = []
  private static let pieceSize = 64 * 1024

  /// The way out through an open file that somebody else closes.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = Device.isTerminal(descriptor)
    columns = Device.columns(descriptor)
  }

  /// A way out that remembers.
  init(inMemory columns: Int?) {
    descriptor = nil
    isTerminal = columns != nil
    self.columns = columns
  }
}

// What it can tell.
extension Outlet {
  /// What it remembers: everything where it leads to memory, else what has not left yet.
  public var text: String { String(decoding: pending, as: UTF8.self) }
}

// How it works.
extension Outlet {
  /// Adds a text.
  mutating func write(_ text: String) {
    guard !isClosed, failure == nil else { return }
    pending += text.utf8
    if pending.count >= Self.pieceSize { flush() }
  }

  /// Lets everything out.
  mutating func flush() {
    guard let descriptor, !pending.isEmpty else { return }
    do {
      try Descriptor.writeAll(pending, to: descriptor)
    } catch {
      if error.code == EPIPE { isClosed = true } else { failure = error }
    }
    pending = []
  }
}
