/// Writes nodes as JSON.
struct JSONWriter {
  private let isIndented: Bool
  private var bytes: [UInt8] = []

  /// A writer that has written nothing.
  init(isIndented: Bool) { self.isIndented = isIndented }

  /// What was written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Writes a node, its inner lines one level deeper than its own.
  mutating func write(_ node: Node, level: Int) {
    switch node.value {
    case .null: put("null")
    case .bool(let claim): put(claim ? "true" : "false")
    case .number(let number): put(number)
    case .string(let text): string(text)
    case .sequence(let nodes):
      list(nodes, open: "[", close: "]", level: level) { writer, node in writer.write(node, level: level + 1)
      }
    case .mapping(let members):
      list(members, open: "{", close: "}", level: level) { writer, member in
        writer.string(member.key)
        writer.put(writer.isIndented ? ": " : ":")
        writer.write(member.value, level: level + 1)
      }
    }
  }

  private mutating func list<Element>(
    _ elements: [Element], open: String, close: String, level: Int,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    put(open)
    for (index, element) in elements.enumerated() {
      if index > 0 { put(",") }
      newLine(level: level + 1)
      write(&self, element)
    }
    if !elements.isEmpty { newLine(level: level) }
    put(close)
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func newLine(level: Int) {
    guard isIndented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  private mutating func string(_ text: String) {
    put("\"")
    if text.utf8.allSatisfy({
      (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }) {
      put(text)
    } else {
      for scalar in text.unicodeScalars { put(Self.spelling(of: scalar)) }
    }
    put("\"")
  }

  /// A character as itself, or escaped where JSON wants it (RFC 8259 §7) or nobody could see it.
  ///
  /// U+2028 and U+2029 are among those: JavaScript once took them for ends of lines.
  private static func spelling(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case _ where scalar.isInvisible:
      return String(scalar).utf16.reduce(into: "") { text, unit in
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    default: return String(scalar)
    }
  }
}
