/// The few numbers of DNS that matter here (RFC 1035 §3.2 and §4.1, RFC 3596 §2).
enum DNS {
  static let port: UInt16 = 53
  static let headerLength = 12

  static let internet: UInt16 = 1

  static let address4: UInt16 = 1
  static let alias: UInt16 = 5
  static let address6: UInt16 = 28
}
