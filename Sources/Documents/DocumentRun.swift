extension Document {
  /// Hands out the documents of a text of either kind one by one, and of Kubernetes lists the items.
  ///
  /// Only one is held at a time, so a list of a whole cluster costs no more than what its reader keeps. What
  /// stands before a place that can't be read has been handed out when the error is thrown.
  public static func readEach(
    in text: [UInt8], limits: Limits, _ body: (Node) -> Void
  ) throws(DocumentError) {
    var stream = try DocumentStream(text, limits: limits)
    while let document = try stream.next() { body(document) }
  }
}
