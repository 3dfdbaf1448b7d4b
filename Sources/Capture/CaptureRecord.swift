import Traffic

/// The next frame of a file: what the file says about it, and where in the window it lies.
struct CaptureRecord {
  var instant: Instant
  var link: LinkType
  var interface: UInt32
  var wireLength: Int
  var frame: Range<Int>
  /// How many bytes of the file the record takes.
  var length: Int
}

/// How the next record of a file was found, or why there is none.
enum Next {
  case record(CaptureRecord)
  case end
  /// The file ends within a record.
  case cut
  case damage(CaptureError.Damage)
}
