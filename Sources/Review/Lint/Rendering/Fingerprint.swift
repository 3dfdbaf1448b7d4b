import Kubernetes

extension Finding {
  /// What stays the same of it when lines move, so that a code host knows a finding again: rule, object and words.
  ///
  /// It is FNV-1a of 64 bits (Fowler, Noll and Vo; RFC 9923), in hexadecimal digits.
  var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in [rule, object ?? "", message.withoutLines].joined(separator: "\n").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

extension String {
  /// The words without the numbers of lines that they name, as in `a.yaml:12` and `on line 12`, and without the folders
  /// of these files: where the manifests lie on a machine changes no finding.
  fileprivate var withoutLines: String {
    var words = ""
    var rest = self[...]
    while let next = rest.first {
      let marker = [":", "line "].first { rest.hasPrefix($0) }
      guard let marker else {
        words.append(next)
        rest.removeFirst()
        continue
      }
      if marker == ":", rest.dropFirst().first?.isWholeNumber ?? false { words.removeLastFolder() }
      words += marker
      rest = rest.dropFirst(marker.count).drop { $0.isASCII && $0.isWholeNumber }
    }
    return words
  }

  /// Takes away what stands before the file's own name in a path at the end.
  private mutating func removeLastFolder() {
    let path = lastIndex { "(`\" ".contains($0) }.map(index(after:)) ?? startIndex
    if let slash = self[path...].lastIndex(of: "/") { removeSubrange(path...slash) }
  }
}
