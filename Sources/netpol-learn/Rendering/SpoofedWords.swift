import Console
import Generator
import Traffic

/// What others sent in a client's name, in words for people.
enum SpoofedWords {
  /// One line: whose name, whom it was sent to, and where it came in.
  static func line(_ spoofed: SpoofedEdge) -> String {
    "\(ends(spoofed)): \(count(spoofed)) by \(spoofed.origin)"
  }

  /// The lines about one of them, with the ends where there are several.
  static func explained(_ spoofed: SpoofedEdge, naming isSeveral: Bool) -> [(String, String)] {
    [
      (
        "spoofed",
        "\(isSeveral ? "\(ends(spoofed)): " : "")\(count(spoofed)), which another sent in the client's name"
      ),
      ("", "by \(spoofed.origin), first \(spoofed.first), last \(spoofed.last); no edge counts them"),
    ]
  }

  private static func ends(_ spoofed: SpoofedEdge) -> String {
    "\(spoofed.key.client) → \(spoofed.key.server) \(spoofed.key.port)/\(spoofed.key.transport)"
  }

  private static func count(_ spoofed: SpoofedEdge) -> String {
    spoofed.conversations.counted("conversation")
  }
}
