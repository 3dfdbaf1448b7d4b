/// A place in a text; lines and columns count from 1, columns in characters.
public struct Position: Hashable, Sendable {
  // Every node has one, so it is kept small: 32 bits each are enough for the longest text that is read.
  private let storedLine: UInt32
  private let storedColumn: UInt32

  /// No place: what a node has that was made.
  static let nowhere = Position(line: 0, column: 0)

  /// The place at this line and column.
  public init(line: Int, column: Int) {
    storedLine = UInt32(clamping: line)
    storedColumn = UInt32(clamping: column)
  }

  /// The line.
  public var line: Int { Int(storedLine) }

  /// The column.
  public var column: Int { Int(storedColumn) }
}

extension Position {
  /// The place behind some bytes of UTF-8.
  init(after bytes: some Sequence<UInt8>) {
    var line = 1
    var column = 1
    var isAfterReturn = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n") where isAfterReturn: break
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        line += 1
        column = 1
      case 0x80...0xBF: break
      default: column += 1
      }
      isAfterReturn = byte == UInt8(ascii: "\r")
    }
    self.init(line: line, column: column)
  }
}
