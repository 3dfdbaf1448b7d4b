import Kubernetes
import Traffic

/// A set of addresses, exact; an end that no block holds, because its address is not known, can be in it too.
struct AddressSpans: Hashable, Sendable {
  /// Whether an end without an address is meant too.
  let hasNone: Bool
  /// Closed spans of address bits, in order, with room between any two.
  private let spans: [ClosedRange<UInt128>]

  private init(hasNone: Bool, _ spans: [ClosedRange<UInt128>]) {
    self.hasNone = hasNone
    self.spans = spans
  }

  /// Every address, and none.
  static let any = AddressSpans(hasNone: true, [0...UInt128.max])
  /// Every address.
  static let known = AddressSpans(hasNone: false, [0...UInt128.max])

  /// The addresses of a block, but for those in the blocks cut out of it.
  init(_ block: Prefix, except: [Prefix]) {
    self = except.reduce(AddressSpans(block)) { $0.intersection(AddressSpans($1).complement) }
  }

  /// The addresses of a block.
  ///
  /// IPv4 is a stretch within the bits of IPv6, and no block of IPv6 holds any of it.
  private init(_ block: Prefix) {
    let whole = AddressSpans(hasNone: false, [block.base.bits...block.last.bits])
    self = block.isV4 ? whole : whole.intersection(Self.version4.complement)
  }

  private static let version4 = AddressSpans(
    hasNone: false, [Address(v4: 0).bits...Address(v4: .max).bits])

  /// Every address of IPv4, and none.
  static let version4OrNone = AddressSpans(hasNone: true, version4.spans)
  /// Every address of IPv6, and none.
  static let version6OrNone = AddressSpans(hasNone: true, version4.complement.spans)

  /// Whether nothing is in it.
  var isEmpty: Bool { !hasNone && spans.isEmpty }

  /// All that is not in it.
  var complement: AddressSpans {
    var gaps: [ClosedRange<UInt128>] = []
    var start: UInt128? = 0
    for span in spans {
      if let first = start, first < span.lowerBound { gaps.append(first...span.lowerBound - 1) }
      start = span.upperBound == .max ? nil : span.upperBound + 1
    }
    if let start { gaps.append(start...UInt128.max) }
    return AddressSpans(hasNone: !hasNone, gaps)
  }

  /// What is in both.
  func intersection(_ other: AddressSpans) -> AddressSpans {
    var (mine, theirs) = (spans[...], other.spans[...])
    var common: [ClosedRange<UInt128>] = []
    while let one = mine.first, let two = theirs.first {
      if one.overlaps(two) { common.append(one.clamped(to: two)) }
      if one.upperBound < two.upperBound { mine.removeFirst() } else { theirs.removeFirst() }
    }
    return AddressSpans(hasNone: hasNone && other.hasNone, common)
  }

  /// Whether an address is in it.
  func contains(_ address: Address) -> Bool { spans.contains { $0.contains(address.bits) } }

  /// The lowest address of IPv4 in it, else of IPv6; nil where there is none.
  var example: Address? {
    let first = intersection(Self.version4).spans.first ?? spans.first
    return first.map { Address(bits: $0.lowerBound) }
  }

  /// The set in words: a block where it is one, else an address of it.
  var words: String {
    if spans == Self.known.spans { return "any address" }
    if let everything = Prefix("::/0"), spans == AddressSpans(everything).spans { return "\(everything)" }
    guard let span = spans.first, let address = example else { return "no address" }
    if spans.count == 1, let block = Self.block(span) { return "\(block)" }
    return "\(address) and others"
  }

  /// The block that is this span; nil where it is none.
  private static func block(_ span: ClosedRange<UInt128>) -> Prefix? {
    let address = Address(bits: span.lowerBound)
    let host =
      (span.upperBound ^ span.lowerBound).bitWidth - (span.upperBound ^ span.lowerBound).leadingZeroBitCount
    guard let block = Prefix(address, length: address.width - min(host, address.width)),
      block.base == address, block.last.bits == span.upperBound
    else { return nil }
    return block
  }
}
