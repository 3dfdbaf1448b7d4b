import Documents

/// What a watch tells of one object, as `kubectl get … --watch --output-watch-events -o json` and the API print it.
struct WatchEvent {
  /// What happened.
  enum Kind: String {
    case added = "ADDED"
    case modified = "MODIFIED"
    /// The object is gone; what is told is how it was last.
    case deleted = "DELETED"
    /// Nothing happened up to a version; of an object only its kind is told.
    case bookmark = "BOOKMARK"
    /// The watch is over; what is told is the API server's reason.
    case error = "ERROR"
  }

  let kind: Kind
  let object: Node

  /// The event that a document is; nil for documents of other forms, which say what kind of object they are.
  init?(_ document: Node) {
    guard document["kind"] == nil, let kind = document["type"]?.string.flatMap({ Kind(rawValue: $0) }),
      let object = document["object"], object.mapping != nil
    else { return nil }
    self.kind = kind
    self.object = object
  }
}
