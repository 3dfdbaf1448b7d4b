import Traffic

/// What a store holds, to be compared: a sum over its facts, whatever their order.
struct StoreAnswer {
  private var rows = 0
  private var conversations: UInt64 = 0
  private var sum: UInt64 = 0

  init(_ facts: [Fact] = []) { add(facts) }

  /// Takes in facts, each bit of them.
  mutating func add(_ facts: [Fact]) {
    for fact in facts {
      let key = fact.key
      var state = Self.mixed(UInt64(bitPattern: key.hour), UInt64(key.recorder.utf8.count))
      for byte in key.recorder.utf8 { state = Self.mixed(state, UInt64(byte)) }
      for address in [key.client, key.server] { state = Self.mixed(state, address) }
      state = Self.mixed(
        state, UInt64(key.port) << 16 | UInt64(key.transport.rawValue) << 8 | UInt64(key.tier.rawValue))
      state = Self.mixed(
        state, UInt64(key.direction.rawValue) << 48 | UInt64(key.interface) << 16 | UInt64(key.part))
      if let dialled = key.dialled {
        state = Self.mixed(Self.mixed(state, dialled.address), UInt64(dialled.port))
      }
      state = Self.mixed(state, fact.conversations)
      state = Self.mixed(state, UInt64(bitPattern: fact.activity.first.nanoseconds))
      state = Self.mixed(state, UInt64(bitPattern: fact.activity.last.nanoseconds))
      sum &+= Self.mixed(state, fact.activity.minutes)
      conversations &+= fact.conversations
    }
    rows += facts.count
  }

  /// The answer; what stands before the comma is all that a table of numbers can tell.
  var text: String { "\(rows) rows of \(conversations) conversations, \(String(sum, radix: 16))" }

  private static func mixed(_ state: UInt64, _ address: Address) -> UInt64 {
    let bits = address.bits
    return mixed(
      mixed(state, UInt64(truncatingIfNeeded: bits >> 64)), UInt64(truncatingIfNeeded: bits))
  }

  private static func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low &+ 0x2545_F491_4F6C_DD1D
  }
}
