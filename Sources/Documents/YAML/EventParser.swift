import CYAML

/// libyaml's parser and the text it reads, owned together.
///
/// The only file of this module that touches C. What comes out are Swift values. An event is held until the next one
/// is asked for, so that of each only what is wanted is copied out.
@safe struct EventParser: ~Copyable {
  /// Where the last event began.
  private(set) var position = Position(line: 1, column: 1)

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  /// What libyaml has not asked for yet.
  private let rest: UnsafeMutablePointer<ArraySlice<UInt8>>
  private let text: ArraySlice<UInt8>
  private var recent = RecentTexts()

  /// A parser at the beginning of a UTF-8 text.
  init(_ bytes: ArraySlice<UInt8>) throws(DocumentError) {
    text = bytes
    // One of each, and nothing indexes beyond it.
    unsafe rest = .allocate(capacity: 1)
    unsafe rest.initialize(to: bytes)
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    unsafe event = .allocate(capacity: 1)
    unsafe event.initialize(to: yaml_event_t())
    // The parser is the one allocated above; the rest of the text is too, and deinit frees it after the parser.
    guard unsafe yaml_parser_initialize(parser) == 1 else { throw DocumentError(.outOfMemory) }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input(parser, { unsafe EventParser.handOut($0, $1, $2, $3) }, rest)
  }

  deinit {
    // An event and a parser that were never filled are all zeros, which libyaml deletes without harm.
    unsafe yaml_event_delete(event)
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe event.deallocate()
    unsafe rest.deinitialize(count: 1)
    unsafe rest.deallocate()
  }

  /// Gives libyaml the next bytes: it copies what it reads piece by piece, so the text need not stay in one place.
  private static func handOut(
    _ rest: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ size: Int,
    _ count: UnsafeMutablePointer<Int>?
  ) -> Int32 {
    guard let rest = unsafe rest?.assumingMemoryBound(to: ArraySlice<UInt8>.self), let buffer = unsafe buffer,
      let count = unsafe count
    else { return 0 }
    let piece = unsafe rest.pointee.prefix(size)
    // libyaml's buffer has room for `size` bytes, and the piece is no longer.
    _ = unsafe UnsafeMutableBufferPointer(start: buffer, count: size).update(from: piece)
    unsafe rest.pointee.removeFirst(piece.count)
    unsafe count.pointee = piece.count
    return 1
  }

  /// Steps to the next event.
  mutating func next() throws(DocumentError) -> YAMLEvent {
    // Both point to the one value allocated in init; an event that is deleted is all zeros again.
    unsafe yaml_event_delete(event)
    guard unsafe yaml_parser_parse(parser, event) == 1 else { throw problem }
    position = unsafe Position(event.pointee.start_mark)
    switch unsafe event.pointee.type {
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_SEQUENCE_START_EVENT: return .sequenceStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT: return .mappingStart
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_ALIAS_EVENT: return .alias
    case YAML_SCALAR_EVENT: return .scalar
    default: return .other
    }
  }

  /// The name that the last event gives its node, or for an alias takes; nil for none.
  var anchor: String? {
    // The type says which member of the union libyaml has filled; only that one is read.
    switch unsafe event.pointee.type {
    case YAML_ALIAS_EVENT: unsafe Self.string(event.pointee.data.alias.anchor)
    case YAML_SEQUENCE_START_EVENT: unsafe Self.string(event.pointee.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: unsafe Self.string(event.pointee.data.mapping_start.anchor)
    case YAML_SCALAR_EVENT: unsafe Self.string(event.pointee.data.scalar.anchor)
    default: nil
    }
  }

  /// Which characters of the text, counted from its beginning, the last event was read from.
  var characters: Range<Int> {
    let start = unsafe Int(clamping: event.pointee.start_mark.index)
    return start..<max(start, unsafe Int(clamping: event.pointee.end_mark.index))
  }

  /// Whether the last event, which is a scalar, is a block of text beneath a line that announces it.
  var isBlock: Bool {
    // A scalar is what libyaml has filled the union with.
    let style = unsafe event.pointee.data.scalar.style
    return style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE
  }

  /// The scalar of the last event, which is one.
  mutating func scalar() -> YAMLScalar {
    let scalar = unsafe event.pointee.data.scalar
    // libyaml gives the length of what the value points to.
    let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let text = unsafe recent.text(of: bytes)
    let tag = unsafe Self.string(scalar.tag)
    var isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE && tag == nil
    // libyaml keeps the tag `!`, which means text, to itself; the scalar is then longer than what it says.
    let width = unsafe event.pointee.end_mark.index - event.pointee.start_mark.index
    if isPlain, unsafe width != scalar.length && scalar.anchor == nil {
      isPlain = width == text.unicodeScalars.count
    }
    return YAMLScalar(text: text, tag: tag, isPlain: isPlain)
  }

  /// A string that libyaml ended with a zero; nil for none.
  private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    // libyaml ends each of its strings with a zero.
    return unsafe String(cString: pointer)
  }

  /// What libyaml says is wrong.
  private var problem: DocumentError {
    // All of these are read from the one parser allocated in init; its words are constants that end with a zero.
    switch unsafe parser.pointee.error {
    case YAML_MEMORY_ERROR: return DocumentError(.outOfMemory)
    case YAML_READER_ERROR:
      // The text was found to be UTF-8 before, so what the reader minds is a control character.
      let code = UInt32(clamping: unsafe parser.pointee.problem_value)
      let offset = Int(clamping: unsafe parser.pointee.problem_offset)
      return DocumentError(.controlCharacter(code), at: Position(after: text.prefix(offset)))
    default:
      var words = "this is not YAML"
      if let problem = unsafe parser.pointee.problem { words = unsafe String(cString: problem) }
      if let context = unsafe parser.pointee.context {
        words = unsafe String(cString: context) + ": " + words
      }
      return DocumentError(.syntax(words), at: unsafe Position(parser.pointee.problem_mark))
    }
  }
}

extension Position {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }
}
