public import Documents
public import Generator
import Traffic

/// How what was sent in another's name is written as JSON.
public enum SpoofedDocument {
  /// The client that was pretended, whom it was sent to, and where it came in.
  public static func node(_ spoofed: SpoofedEdge) -> Node {
    let key = spoofed.key
    return .mapping([
      "client": EdgeDocument.end(key.client), "server": EdgeDocument.end(key.server),
      "port": .integer(key.port), "protocol": .string(key.transport.name),
      "conversations": .integer(spoofed.conversations), "firstSeen": .string(spoofed.first.description),
      "lastSeen": .string(spoofed.last.description),
      "interfaces": .sequence(
        spoofed.doors.map { door in
          .mapping([
            "recorder": .string(door.recorder), "index": .integer(door.interface),
            "conversations": .integer(door.conversations),
          ])
        }),
    ])
  }
}
