internal import Traffic

/// A value that rows name by a number: an address, a recorder, a DNS name.
protocol Word: Hashable, Comparable {
  /// The column that holds it.
  static var column: String { get }
  /// Gives a statement's first parameter this value.
  func bind(to statement: borrowing Statement) throws(StoreError)
  /// What a row's second column holds; nil when it can't be such a value.
  init?(from statement: borrowing Statement)
}

extension String: Word {
  static var column: String { "text" }

  func bind(to statement: borrowing Statement) throws(StoreError) { try statement.bind(1, self) }

  init?(from statement: borrowing Statement) {
    guard let text = statement.text(1) else { return nil }
    self = text
  }
}

extension Address: Word {
  static var column: String { "bytes" }

  func bind(to statement: borrowing Statement) throws(StoreError) {
    let whole = networkBytes
    try statement.bind(1, isV4 ? Array(whole.suffix(4)) : whole)
  }

  init?(from statement: borrowing Statement) {
    guard let bytes = statement.bytes(1) else { return nil }
    let bits = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    switch bytes.count {
    case 4: self.init(v4: UInt32(truncatingIfNeeded: bits))
    case 16:
      self.init(bits: bits)
      // The long form of an IPv4 address would be a second number for the same address.
      if isV4 { return nil }
    default: return nil
    }
  }

  private var networkBytes: [UInt8] {
    (0..<16).map { UInt8(truncatingIfNeeded: bits >> UInt128(120 - 8 * $0)) }
  }
}
