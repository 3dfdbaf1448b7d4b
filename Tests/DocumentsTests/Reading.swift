import Documents

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The one document of a YAML text.
func yaml(_ text: String) throws -> Node? { try YAML.read(bytes(text)).first }

/// The one value of a JSON text.
func json(_ text: String) throws -> Node { try JSON.read(bytes(text)) }

/// What a reader complains of; nil where it does not.
func complaint(_ read: () throws -> Void) -> DocumentError? {
  do {
    try read()
    return nil
  } catch {
    return error as? DocumentError
  }
}
