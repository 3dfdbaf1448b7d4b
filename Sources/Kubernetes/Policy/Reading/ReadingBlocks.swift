public import Documents
import Traffic

extension Peer {
  /// Reads an `ipBlock` that stands for itself, held to all that the API server asks of one.
  public static func ipBlock(_ node: Node, path: String) -> (peer: Peer?, flaws: [PolicyError.Cause]) {
    var findings = PolicyFindings()
    let peer = findings.block(PolicyField(node: node, path: path))
    return (peer, findings.causes)
  }
}

extension PolicyFindings {
  /// An `ipBlock`.
  mutating func block(_ field: PolicyField) -> Peer? {
    expect(["cidr", "except"], in: field)
    guard field.node.mapping != nil else { return nil }
    let whole = field["cidr"]
    let holes = elements(of: field["except"])
    guard let whole, whole.node.string?.isEmpty != true else {
      note(.required(nil), at: whole ?? PolicyField(node: field.node, path: field.child("cidr")))
      return nil
    }
    let block = prefix(whole)
    let except = holes.compactMap { hole -> Prefix? in
      guard let inner = prefix(hole) else { return nil }
      guard let block else { return inner }
      if block.contains(inner), inner.length > block.length { return inner }
      note(.invalid(PolicyFlaw.quoted(hole.node.string ?? ""), .strictSubset), at: hole)
      return nil
    }
    return block.map { .block($0, except: except) }
  }

  private mutating func prefix(_ field: PolicyField) -> Prefix? {
    guard let text = text(field) else { return nil }
    if let prefix = Prefix(text), !Self.isMapped(text) { return prefix }
    // Servers before 1.36 took blocks that are not canonical, and every server keeps the ones that it has.
    if isStored, let prefix = Self.sloppy(text) { return prefix }
    note(Self.complaints(about: text), by: text, at: field)
    return nil
  }

  /// The network of a CIDR with leading zeros, which count as decimals, or with bits set beyond its length.
  private static func sloppy(_ text: String) -> Prefix? {
    let parts = withoutLeadingZeros(text).split(separator: "/", omittingEmptySubsequences: false)
    guard !isMapped(text), parts.count == 2, let address = Address(parts[0]), let length = Int(parts[1]),
      parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Prefix(address, length: length)
  }

  /// Why the API server would not take a CIDR; each way in which it is not canonical has words of its own.
  private static func complaints(about text: String) -> [Demand] {
    if isMapped(text) { return [.noMappedAddress] }
    guard let prefix = sloppy(text) else { return [.cidr] }
    let plain = withoutLeadingZeros(text)
    var unmet: [Demand] = []
    if plain != text { unmet.append(.noLeadingZeros) }
    if Address(plain.prefix { $0 != "/" }) != prefix.base { unmet.append(.noHostBits) }
    return unmet.isEmpty ? [.cidr] : unmet
  }

  /// Whether an IPv4 address is written in IPv6's form, which other programs read as one family or as the other.
  private static func isMapped(_ text: String) -> Bool {
    let address = text.prefix { $0 != "/" }
    return address.contains(":") && Address(address)?.isV4 == true
  }

  /// The text as it would be if its decimal numbers had no leading zeros.
  private static func withoutLeadingZeros(_ text: String) -> String {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let address = parts.first.map { part -> String in
      guard !part.contains(":") else { return String(part) }
      return part.split(separator: ".", omittingEmptySubsequences: false).map(trimmed).joined(separator: ".")
    }
    guard let address, parts.count == 2 else { return text }
    return address + "/" + trimmed(parts[1])
  }

  private static func trimmed(_ digits: Substring) -> Substring {
    let rest = digits.drop { $0 == "0" }
    return rest.isEmpty ? digits.suffix(1) : rest
  }
}
