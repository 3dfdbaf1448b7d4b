/// The lines of a file or of standard input, one after the other, with no more in memory than a line and a piece.
public struct InputLines {
  private let pieces: InputPieces
  private var piece: [UInt8] = []
  private var at = 0

  /// How many bytes of a line are read.
  public static let longest = 1 << 20

  /// One line.
  public enum Line: Hashable, Sendable {
    /// Its bytes, without what ends it.
    case bytes([UInt8])
    /// It is longer than what is read, and was passed over.
    case tooLong
  }

  /// Opens a file, or standard input for `-`.
  public init(at path: String) throws(FileError) {
    pieces = try InputPieces(at: path, limit: .max)
  }

  /// The next line; nil at the end.
  public mutating func next() throws(FileError) -> Line? {
    var line: [UInt8] = []
    var isTooLong = false
    while try fill() {
      let end = piece[at...].firstIndex(of: UInt8(ascii: "\n"))
      let part = piece[at..<(end ?? piece.count)]
      if line.count + part.count <= Self.longest { line += part } else { isTooLong = true }
      at = end.map { $0 + 1 } ?? piece.count
      if end != nil { return isTooLong ? .tooLong : .bytes(line) }
    }
    if isTooLong { return .tooLong }
    return line.isEmpty ? nil : .bytes(line)
  }

  /// Whether there is anything left; reads on where the piece is done with.
  private mutating func fill() throws(FileError) -> Bool {
    if at < piece.count { return true }
    at = 0
    piece = pieces.next() ?? []
    if let failure = pieces.failure { throw failure }
    return !piece.isEmpty
  }
}
