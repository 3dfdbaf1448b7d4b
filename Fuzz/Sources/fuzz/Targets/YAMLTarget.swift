import Documents

extension Target {
  /// YAML is read or refused; what was read and is written says the same when it is read again.
  static var yaml: Target {
    Target(name: "yaml") { bytes in
      guard let documents = try? YAML.read(bytes, limits: limits) else { return }
      let text = YAML.write(documents)
      let again: [Node]
      do {
        again = try YAML.read(Array(text.utf8), limits: .cluster)
      } catch {
        fatalError("law broken: what was written cannot be read: \(error)\n\(text)")
      }
      law(again.map(\.bare) == documents.map(\.bare), "what was written says something else\n\(text)")
      law(YAML.write(again) == text, "what was written is not written the same again\n\(text)")
    }
  }

  /// Small ones, so that they are met as well.
  private static var limits: Limits { Limits(bytes: 1 << 16, depth: 16, nodes: 2000, aliases: 50) }
}
