/// Addresses by number, so that rows that name them are short and quickly compared.
struct EndpointTable: ~Copyable {
  private var endpoints: SlotTable<Endpoint>

  /// Room for what this many rows name.
  init(limit: Int, eachNames count: Int, seed: HashSeed) {
    let product = limit.multipliedReportingOverflow(by: count)
    endpoints = SlotTable(limit: product.overflow ? .max : product.partialValue, seed: seed)
  }

  /// The number of an address; nil for one that has none and should not get one.
  mutating func number(of address: Address, isNewWanted: Bool) -> UInt32? {
    let hash = endpoints.hash(of: address)
    let place =
      endpoints.place(of: address, hash: hash)
      ?? (isNewWanted ? endpoints.insert(Endpoint(address: address), hash: hash) : nil)
    return place.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The address with this number, which must have been given.
  func address(_ number: UInt32) -> Address { endpoints[Int(number)].address }

  /// Takes note that the address with this number was shown to sit behind some interface, between two moments.
  mutating func noteShown(_ number: UInt32, from first: Instant, to last: Instant) {
    endpoints[Int(number)].noteShown(
      from: UInt32(clamping: first.minutes), to: UInt32(clamping: last.minutes))
  }

  /// Whether the address with this number was shown to sit behind some interface before a stretch of time and after it.
  func isShown(_ number: UInt32, around activity: Activity) -> Bool {
    endpoints[Int(number)].isShown(
      from: UInt32(clamping: activity.first.minutes), to: UInt32(clamping: activity.last.minutes))
  }

  /// The addresses in their order, and for each number the place in it.
  func sorted() -> (ranks: [UInt32], addresses: [Address]) {
    var order: [(bits: UInt128, place: Int)] = []
    order.reserveCapacity(endpoints.end)
    for place in 0..<endpoints.end { order.append((endpoints[place].address.bits, place)) }
    order.sort { $0.bits < $1.bits }
    var ranks = [UInt32](repeating: 0, count: order.count)
    for (rank, entry) in order.enumerated() { ranks[entry.place] = UInt32(truncatingIfNeeded: rank) }
    return (ranks, order.map { Address(bits: $0.bits) })
  }
}

/// An address; its number is its place, for none is ever removed.
struct Endpoint: Slotted {
  let address: Address
  var serial: UInt32 = 0
  /// The first minute and the last in which it was shown to sit behind some interface; none while the first is later.
  private var firstShown = UInt32.max
  private var lastShown: UInt32 = 0

  init(address: Address) {
    self.address = address
  }

  var key: Address { address }

  mutating func noteShown(from first: UInt32, to last: UInt32) {
    firstShown = min(firstShown, first)
    lastShown = max(lastShown, last)
  }

  func isShown(from first: UInt32, to last: UInt32) -> Bool { firstShown <= first && last <= lastShown }

  static let vacant = Endpoint(address: Address(bits: 0))
}

extension Address: SlotKey {
  @inline(__always)
  func hash(_ seed: HashSeed) -> UInt64 { seed.hash(self) }
}
