internal import CSQLite

/// A prepared statement, finalized when it goes.
///
/// Columns and parameters are numbered as SQLite does: columns from 0, parameters from 1. Every `unsafe` here hands
/// SQLite the handle that this value alone owns; SQLite checks the numbers.
@safe struct Statement: ~Copyable {
  private let handle: OpaquePointer
  private let path: String

  /// Takes over a statement that nobody else finalizes.
  @unsafe init(owning handle: OpaquePointer, path: String) {
    unsafe self.handle = handle
    self.path = path
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Gives a parameter a number.
  func bind(_ index: Int32, _ value: Int64) throws(StoreError) {
    try check(unsafe sqlite3_bind_int64(handle, index, value))
  }

  /// Gives a parameter a number or NULL.
  func bind(_ index: Int32, _ value: Int64?) throws(StoreError) {
    if let value {
      try bind(index, value)
    } else {
      try check(unsafe sqlite3_bind_null(handle, index))
    }
  }

  /// Gives a parameter a text.
  func bind(_ index: Int32, _ text: String) throws(StoreError) {
    // SQLite copies as many bytes as the text has; one too long to count is longer than SQLite's own limit.
    try check(unsafe netpol_bind_text(handle, index, text, Int32(clamping: text.utf8.count)))
  }

  /// Gives a parameter bytes.
  func bind(_ index: Int32, _ bytes: [UInt8]) throws(StoreError) {
    // SQLite copies as many bytes as the array has.
    try check(unsafe netpol_bind_blob(handle, index, bytes, Int32(clamping: bytes.count)))
  }

  /// Gives a parameter bytes.
  func bind(_ index: Int32, _ bytes: Span<UInt8>) throws(StoreError) {
    // SQLite copies as many bytes as the span has.
    let code = unsafe bytes.withUnsafeBufferPointer {
      unsafe netpol_bind_blob(handle, index, $0.baseAddress, Int32(clamping: $0.count))
    }
    try check(code)
  }

  /// Goes to the next row; false, and ready to run again, when there is none.
  func step() throws(StoreError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      let failure = unsafe StoreError(path: path, code: code, handle: sqlite3_db_handle(handle))
      reset()
      throw failure
    }
    reset()
    return false
  }

  /// Runs to the end, whatever it answers.
  func run() throws(StoreError) {
    while try step() {}
  }

  /// Makes it ready to run again before its last row was read.
  func reset() { unsafe _ = sqlite3_reset(handle) }

  /// The number in a column; nil for anything that is not stored as an integer.
  func integer(_ column: Int32) -> Int64? {
    // Asked once for the value, which is faster, and lives until the next step; nobody else has this connection.
    let value = unsafe sqlite3_column_value(handle, column)
    guard unsafe sqlite3_value_type(value) == SQLITE_INTEGER else { return nil }
    return unsafe sqlite3_value_int64(value)
  }

  /// The number in a column as one of this type; nil for anything outside its range.
  func integer<Number: FixedWidthInteger>(_ column: Int32, as type: Number.Type) -> Number? {
    integer(column).flatMap { Number(exactly: $0) }
  }

  /// The text in a column; nil for anything that is not stored as text or is not UTF-8.
  func text(_ column: Int32) -> String? {
    guard unsafe sqlite3_column_type(handle, column) == SQLITE_TEXT,
      let start = unsafe sqlite3_column_text(handle, column)
    else { return nil }
    // SQLite keeps that many bytes there until the next step.
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe String(validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The bytes in a column; nil for anything that is not stored as a blob.
  func bytes(_ column: Int32) -> [UInt8]? {
    guard unsafe sqlite3_column_type(handle, column) == SQLITE_BLOB else { return nil }
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    // SQLite keeps that many bytes there until the next step.
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Looks at the bytes in a column; nil for anything that is not stored as a blob.
  func look<Answer>(_ column: Int32, _ body: (Span<UInt8>) -> Answer?) -> Answer? {
    // As with numbers, the value is asked for once.
    let value = unsafe sqlite3_column_value(handle, column)
    guard unsafe sqlite3_value_type(value) == SQLITE_BLOB else { return nil }
    // SQLite keeps that many bytes there until the next step.
    let start = unsafe sqlite3_value_blob(value)?.assumingMemoryBound(to: UInt8.self)
    let count = Int(unsafe sqlite3_value_bytes(value))
    let bytes = unsafe UnsafeBufferPointer(start: start, count: unsafe start == nil ? 0 : count)
    return body(unsafe bytes.span)
  }

  /// What a column holds, whatever it is, in words that are no longer than a line.
  func words(_ column: Int32) -> String {
    if let number = integer(column) { return "\(number)" }
    if let text = text(column) { return "`\(text.prefix(80))`" }
    if let bytes = bytes(column) {
      return "x'" + bytes.prefix(40).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
    }
    return isNull(column) ? "NULL" : "of no kind known here"
  }

  /// Whether a column holds NULL.
  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  private func check(_ code: Int32) throws(StoreError) {
    guard code == SQLITE_OK else {
      throw unsafe StoreError(path: path, code: code, handle: sqlite3_db_handle(handle))
    }
  }
}
