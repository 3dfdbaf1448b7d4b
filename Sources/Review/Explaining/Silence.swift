import Generator

/// Why policies say nothing of two ends.
enum Silence: Hashable, Sendable {
  /// Nobody can be named for one of them.
  case doubtful(End, Doubt)
  /// One of them is a machine, and the other are its own pods.
  case ownMachine
  /// One of them is a Service whose pods nobody knows.
  case unknownBackends
  /// Nobody knows what the pods of one of them look like, or policies don't see them.
  case noLook

  /// The reason in words.
  var words: String {
    switch self {
    case .doubtful(let end, let doubt):
      let words = doubt.words.hasPrefix("unknown: ") ? String(doubt.words.dropFirst(9)) : doubt.words
      return "nobody can be named for \(end): \(words), and policies see pods, not addresses"
    case .ownMachine: return "a machine always reaches its own pods, and no policy rules that"
    case .unknownBackends: return "nobody knows the pods behind that Service, and they are what policies see"
    case .noLook: return "nobody knows the labels of one end's pods, or they live in their machine's network"
    }
  }
}
