extension Document {
  /// Hands out the documents of a text of either kind one by one, and of Kubernetes lists the items.
  ///
  /// Of JSON only one is held at a time, so a list of a whole cluster costs no more than what its reader keeps. What
  /// stands before a place that can't be read has been handed out when the error is thrown.
  public static func readEach(
    in text: [UInt8], limits: Limits, _ body: (Node) -> Void
  ) throws(DocumentError) {
    guard isJSON(try SourceText(text, limit: limits.bytes)) else {
      for document in try read(text, limits: limits) { body(document) }
      return
    }
    var stream = try JSONStream(text, limits: limits)
    while let document = try stream.next() { body(document) }
  }
}
