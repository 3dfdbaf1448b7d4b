/// What interfaces told of the ends of one conversation.
struct Appearance {
  /// Whether what the client sent came in by the interface of the fact before it was seen anywhere else.
  var hasEntered = false
  /// Whether the client was shown to sit behind some interface.
  var showsClient = false
  /// Whether the server was shown to sit behind some interface.
  var showsServer = false

  static var none: Appearance { Appearance() }
}
