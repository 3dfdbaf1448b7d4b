import Documents

extension Target {
  /// JSON says the same in whatever pieces it comes, with or without what nobody wants, and when it was written.
  static var json: Target {
    Target(name: "json") { bytes in
      let whole = outcome(bytes, piece: max(1, bytes.count), keeping: .all)
      let size = 1 + Int(bytes.first ?? 0) % 9
      law(outcome(bytes, piece: size, keeping: .all) == whole, "in pieces of \(size) it says something else")
      let shape: Shape = ["metadata": ["name": .all], "a": .all]
      let shaped = outcome(bytes, piece: size, keeping: shape)
      law(
        shaped == outcome(bytes, piece: max(1, bytes.count), keeping: shape), "so it does cut down to a shape"
      )
      guard let node = try? JSON.read(bytes, limits: limits) else { return }
      for isIndented in [false, true] {
        let text = JSON.write(node, indented: isIndented)
        let again = try? JSON.read(Array(text.utf8), limits: .cluster)
        law(again?.bare == node.bare, "what was written says something else\n\(text)")
      }
    }
  }

  private static var limits: Limits { Limits(bytes: 1 << 16, depth: 16, nodes: 2000) }

  /// What a text says, or what is wrong with it and where.
  private static func outcome(_ bytes: [UInt8], piece size: Int, keeping shape: Shape) -> [Result<
    Node, DocumentError
  >] {
    var found: [Result<Node, DocumentError>] = []
    var rest = bytes[...]
    let pieces = { () -> [UInt8]? in
      guard !rest.isEmpty else { return nil }
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
    do throws(DocumentError) {
      var stream = try DocumentStream(pieces: pieces, keeping: shape, limits: limits)
      while let node = try stream.next() { found.append(.success(node)) }
    } catch {
      found.append(.failure(error))
    }
    return found
  }
}
