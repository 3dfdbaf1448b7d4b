/// The forms that names, labels and port names must have; each check gives the demands that are not met.
enum Syntax {
  /// A DNS subdomain of RFC 1123, as most object names are.
  static func subdomain(_ text: String) -> [Demand] {
    var unmet: [Demand] = []
    if text.utf8.count > 253 { unmet.append(.subdomainLength) }
    if !isSubdomain(text.utf8[...]) { unmet.append(.subdomain) }
    return unmet
  }

  /// A namespace's name: a DNS label of RFC 1123.
  static func namespaceName(_ text: String) -> [Demand] {
    var unmet: [Demand] = []
    if text.utf8.count > 63 { unmet.append(.namespaceLength) }
    if !isDNSLabel(text.utf8[...]) { unmet.append(.namespaceName) }
    return unmet
  }

  /// A key of a label or annotation: a name, or a subdomain, a slash and a name.
  static func labelKey(_ text: String) -> [Demand] {
    var name = text.utf8[...]
    var unmet: [Demand] = []
    if let slash = name.firstIndex(of: UInt8(ascii: "/")) {
      let prefix = name[..<slash]
      name = name[slash...].dropFirst()
      guard !name.contains(UInt8(ascii: "/")) else { return [.labelKey] }
      if prefix.isEmpty {
        unmet.append(.prefixPartNotEmpty)
      } else {
        if prefix.count > 253 { unmet.append(.prefixPartLength) }
        if !isSubdomain(prefix) { unmet.append(.prefixPart) }
      }
    }
    if name.isEmpty {
      unmet.append(.namePartNotEmpty)
    } else if name.count > 63 {
      unmet.append(.namePartLength)
    }
    if !isQualified(name) { unmet.append(.namePart) }
    return unmet
  }

  /// A value of a label.
  static func labelValue(_ text: String) -> [Demand] {
    var unmet: [Demand] = []
    if text.utf8.count > 63 { unmet.append(.labelValueLength) }
    if !text.isEmpty && !isQualified(text.utf8[...]) { unmet.append(.labelValue) }
    return unmet
  }

  /// A port's name: an IANA service name (RFC 6335 §5.1), in lower case.
  static func portName(_ text: String) -> [Demand] {
    var unmet: [Demand] = []
    let hyphen = UInt8(ascii: "-")
    if text.utf8.count > 15 { unmet.append(.portNameLength) }
    if text.isEmpty || !text.utf8.allSatisfy({ isLower($0) || isDigit($0) || $0 == hyphen }) {
      unmet.append(.portNameCharacters)
    }
    if !text.utf8.contains(where: isLower) { unmet.append(.letterInPortName) }
    if zip(text.utf8, text.utf8.dropFirst()).contains(where: { $0 == hyphen && $1 == hyphen }) {
      unmet.append(.singleHyphensInPortName)
    }
    if text.utf8.first == hyphen || text.utf8.last == hyphen { unmet.append(.noOuterHyphenInPortName) }
    return unmet
  }

  /// DNS labels with dots between them; every label of every pod comes by here, so nothing is set apart to look at it.
  private static func isSubdomain(_ text: Substring.UTF8View) -> Bool {
    var rest = text
    while let dot = rest.firstIndex(of: UInt8(ascii: ".")) {
      guard isDNSLabel(rest[..<dot]) else { return false }
      rest = rest[dot...].dropFirst()
    }
    return isDNSLabel(rest)
  }

  private static func isDNSLabel(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return first != UInt8(ascii: "-") && last != UInt8(ascii: "-")
      && text.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isQualified(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.allSatisfy {
        isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLower(byte) || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
