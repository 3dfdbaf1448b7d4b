/// Writes nodes in the block style of `kubectl kustomize`.
struct YAMLWriter {
  private var out = YAMLOutput()
  private var isEmpty = true

  /// What was written.
  var text: String { out.text }

  /// Writes one document.
  mutating func document(_ node: Node) {
    if !isEmpty { out.line("---") }
    isEmpty = false
    comments(node.comment, indent: 0)
    comments(Self.hoisted(node), indent: 0)
    content(node, indent: 0, isRoot: true)
  }
}

// Mappings and sequences.
extension YAMLWriter {
  /// Writes a node from where the line stands, and its further lines at an indent.
  private mutating func content(_ node: Node, indent: Int, isRoot: Bool = false) {
    switch node.value {
    case .mapping(let members) where !members.isEmpty: block(members, indent: indent, isInline: true)
    case .sequence(let nodes) where !nodes.isEmpty: block(nodes, indent: indent, isInline: true)
    default:
      // What belongs to the document itself has no indent to be folded or set out by.
      out.scalar(node.value, indent: isRoot ? nil : indent)
      out.endLine()
    }
  }

  private mutating func block(_ members: [Node.Member], indent: Int, isInline: Bool) {
    for (index, member) in members.enumerated() {
      if index > 0 || !isInline {
        comments(member.value.comment, indent: indent)
        out.indent(indent)
      }
      let isSimple = YAMLOutput.isSimpleKey(member.key)
      if !isSimple { out.put("? ") }
      out.scalar(.string(member.key), indent: isSimple ? nil : indent + 2)
      if isSimple {
        out.put(":")
        value(member.value, indent: indent)
      } else {
        // YAML wants names that are long, or of several lines, on lines of their own.
        out.endLine()
        comments(Self.hoisted(member.value), indent: indent)
        out.indent(indent)
        out.put(": ")
        content(member.value, indent: indent + 2)
      }
    }
  }

  private mutating func block(_ nodes: [Node], indent: Int, isInline: Bool) {
    for (index, node) in nodes.enumerated() {
      if index > 0 || !isInline {
        comments(node.comment, indent: indent)
        comments(Self.hoisted(node), indent: indent)
        out.indent(indent)
      }
      out.put("- ")
      content(node, indent: indent + 2)
    }
  }

  /// Writes a member's value behind its name.
  private mutating func value(_ node: Node, indent: Int) {
    switch node.value {
    case .mapping(let members) where !members.isEmpty:
      out.endLine()
      block(members, indent: indent + 2, isInline: false)
    case .sequence(let nodes) where !nodes.isEmpty:
      out.endLine()
      block(nodes, indent: indent, isInline: false)
    default:
      out.put(" ")
      out.scalar(node.value, indent: indent + 2)
      out.endLine()
    }
  }
}

// Comments.
extension YAMLWriter {
  /// The widest a comment gets, with its indent.
  private static let width = 110

  /// The comments of what shares the first line of a node, which therefore stand above the whole line.
  private static func hoisted(_ node: Node) -> [String] {
    switch node.value {
    case .mapping(let members): members.first?.value.comment ?? []
    case .sequence(let nodes): nodes.first.map { $0.comment + hoisted($0) } ?? []
    case .null, .bool, .number, .string: []
    }
  }

  /// Writes lines of comment, whatever they hold, so that none of it becomes anything but comment.
  private mutating func comments(_ lines: [String], indent: Int) {
    for line in lines {
      let words = line.printable
      let room = max(40, Self.width - indent - 2)
      out.indent(indent)
      out.put(words.isEmpty ? "#" : "# ")
      out.put(words.utf8.count <= room ? words : words.prefix(room - 3) + "...")
      out.endLine()
    }
  }
}
