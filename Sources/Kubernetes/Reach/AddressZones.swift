import Traffic

/// Addresses that no block of any rule tells apart are one zone.
///
/// Most blocks hold no pod at all, or all of them, so there are few zones among pods however many blocks there are.
struct AddressZones {
  /// A block as a rule has it.
  struct Block: Hashable {
    let prefix: Prefix
    let except: [Prefix]
  }

  private var numbers: [Block: Int] = [:]
  private var blocks: [Block] = []
  /// The blocks of each prefix, and how long prefixes are.
  private var byPrefix: [Prefix: [Int]] = [:]
  private var lengths: Set<Int> = []
  /// The lowest address of each stretch within which all addresses are in the same prefixes.
  private var starts: [Address] = []
  private var zoneOfStretch: [Int?] = []
  private var zoneNumbers: [[Int]: Int] = [:]
  /// The blocks that hold each zone.
  private(set) var blocksOfZone: [[Int]] = []

  /// The number of a block.
  mutating func number(of prefix: Prefix, except: [Prefix]) -> Int {
    let block = Block(prefix: prefix, except: except)
    if let known = numbers[block] { return known }
    numbers[block] = blocks.count
    blocks.append(block)
    byPrefix[prefix, default: []].append(blocks.count - 1)
    lengths.insert(prefix.length)
    return blocks.count - 1
  }

  /// How many blocks there are.
  var blockCount: Int { blocks.count }

  /// Ends the naming of blocks: from here on zones can be asked for.
  mutating func close() {
    // IPv4 lies amid IPv6, and no block holds addresses of both.
    var edges: Set<Address> = [Address(v4: 0), Address(bits: Address(v4: .max).bits + 1)]
    for prefix in Set(blocks.flatMap { [$0.prefix] + $0.except }) {
      edges.insert(prefix.base)
      // Behind the last address of all there is no next stretch.
      let last = prefix.last.bits
      if last < .max { edges.insert(Address(bits: last + 1)) }
    }
    starts = edges.sorted()
    zoneOfStretch = Array(repeating: nil, count: starts.count + 1)
  }

  /// The zone of an address; where no address is known, the zone that no block holds.
  mutating func zone(of address: Address?) -> Int {
    guard let address else { return number(ofZoneIn: []) }
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= address { low = middle + 1 } else { high = middle }
    }
    if let known = zoneOfStretch[low] { return known }
    let zone = number(ofZoneIn: blocks(holding: address))
    zoneOfStretch[low] = zone
    return zone
  }

  private func blocks(holding address: Address) -> [Int] {
    lengths.compactMap { Prefix(address, length: $0) }.flatMap { byPrefix[$0, default: []] }
      .filter { number in !blocks[number].except.contains { $0.contains(address) } }
      .sorted()
  }

  private mutating func number(ofZoneIn blocks: [Int]) -> Int {
    if let known = zoneNumbers[blocks] { return known }
    zoneNumbers[blocks] = blocksOfZone.count
    blocksOfZone.append(blocks)
    return blocksOfZone.count - 1
  }
}
