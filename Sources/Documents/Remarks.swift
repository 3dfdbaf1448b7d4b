/// What few nodes have beside a value and a place.
///
/// It is kept apart, so that the many others are small: reading a large text is mostly moving nodes.
indirect enum Remarks: Hashable, Sendable {
  case none
  case some(comment: [String], spelling: String?)

  /// These remarks.
  init(comment: [String], spelling: String?) {
    self = comment.isEmpty && spelling == nil ? .none : .some(comment: comment, spelling: spelling)
  }

  /// The comment.
  var comment: [String] { if case .some(let comment, _) = self { comment } else { [] } }

  /// The spelling.
  var spelling: String? { if case .some(_, let spelling) = self { spelling } else { nil } }
}
