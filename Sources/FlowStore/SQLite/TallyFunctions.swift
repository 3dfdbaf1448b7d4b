internal import CSQLite

/// What a connection can do with tallies, for our own statements and for no schema.
///
/// - `tally(conversations, first, span, minutes)` is the bytes of one;
/// - `last_minute(hour, tally)` is the last minute, since the epoch, in which anything of a row of that hour was seen, and
///   NULL where the bytes are none of such a row;
/// - `added(tally, tally)` and `united(tally, tally)` merge two;
/// - `added_seal(key, digest, tally, tally)` and `united_seal(…)` are the digest of the row that comes of it: `key` is
///   what its key sums up to, `digest` what the row has. A row that is not what was written keeps its digest, or a new
///   one would make it credible.
///
/// SQLite hands every function as many values as were asked for, and they live as long as the call.
enum TallyFunctions {
  /// Teaches a connection, whose handle must be a live one.
  @unsafe static func teach(_ handle: OpaquePointer) -> Int32 {
    var code = unsafe teach(handle, "tally", 4) { context, _, values in
      guard let values = unsafe values else { return }
      let tally = Tally(
        conversations: unsafe sqlite3_value_int64(values[0]), first: unsafe sqlite3_value_int64(values[1]),
        span: unsafe sqlite3_value_int64(values[2]),
        minutes: UInt64(bitPattern: unsafe sqlite3_value_int64(values[3])))
      // No bytes say nothing, and are refused wherever they are read.
      guard let tally else { return unsafe sqlite3_result_zeroblob(context, 0) }
      unsafe TallyFunctions.answer(context, tally)
    }
    guard code == SQLITE_OK else { return code }
    code = unsafe teach(handle, "last_minute", 2) { context, _, values in
      guard let values = unsafe values, let tally = unsafe TallyFunctions.tally(values[1]),
        let minute = tally.lastMinute(hour: unsafe sqlite3_value_int64(values[0]))
      else { return unsafe sqlite3_result_null(context) }
      unsafe sqlite3_result_int64(context, minute)
    }
    guard code == SQLITE_OK else { return code }
    code = unsafe teach(handle, "added", 2) { context, _, values in
      unsafe TallyFunctions.merge(context, values) { $0.added(to: $1) }
    }
    guard code == SQLITE_OK else { return code }
    code = unsafe teach(handle, "united", 2) { context, _, values in
      unsafe TallyFunctions.merge(context, values) { $0.united(with: $1) }
    }
    guard code == SQLITE_OK else { return code }
    code = unsafe teach(handle, "added_seal", 4) { context, _, values in
      unsafe TallyFunctions.seal(context, values) { $0.added(to: $1) }
    }
    guard code == SQLITE_OK else { return code }
    return unsafe teach(handle, "united_seal", 4) { context, _, values in
      unsafe TallyFunctions.seal(context, values) { $0.united(with: $1) }
    }
  }

  private typealias Function =
    @convention(c) (
      OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Void

  private static func teach(
    _ handle: OpaquePointer, _ name: String, _ count: Int32, _ function: Function
  ) -> Int32 {
    unsafe sqlite3_create_function_v2(
      handle, name, count, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nil, function, nil, nil,
      nil)
  }

  private static func merge(
    _ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?,
    by merge: (Tally, Tally) -> Tally
  ) {
    guard let values = unsafe values else { return }
    guard let one = unsafe tally(values[0]), let other = unsafe tally(values[1]) else {
      // What can't be read stays as it is.
      return unsafe sqlite3_result_value(context, values[0])
    }
    unsafe answer(context, merge(one, other))
  }

  private static func seal(
    _ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?,
    by merge: (Tally, Tally) -> Tally
  ) {
    guard let values = unsafe values else { return }
    let key = Digest(of: unsafe sqlite3_value_int64(values[0]))
    var old = key
    unsafe look(values[2]) { old.add($0) }
    guard unsafe sqlite3_value_int64(values[1]) == old.value, let one = unsafe tally(values[2]),
      let other = unsafe tally(values[3])
    else { return unsafe sqlite3_result_value(context, values[1]) }
    var new = key
    TallyBytes(merge(one, other)).look { new.add($0) }
    unsafe sqlite3_result_int64(context, new.value)
  }

  private static func answer(_ context: OpaquePointer?, _ tally: Tally) {
    TallyBytes(tally).look { bytes in
      unsafe bytes.withUnsafeBufferPointer {
        unsafe netpol_answer_blob(context, $0.baseAddress, Int32($0.count))
      }
    }
  }

  private static func tally(_ value: OpaquePointer?) -> Tally? {
    unsafe look(value) { Tally($0) }
  }

  private static func look<Answer>(_ value: OpaquePointer?, _ body: (Span<UInt8>) -> Answer) -> Answer {
    // There are that many bytes until the value is asked for in another form.
    let start = unsafe sqlite3_value_blob(value)?.assumingMemoryBound(to: UInt8.self)
    let count = Int(unsafe sqlite3_value_bytes(value))
    let bytes = unsafe UnsafeBufferPointer(start: start, count: unsafe start == nil ? 0 : count)
    return body(unsafe bytes.span)
  }
}
