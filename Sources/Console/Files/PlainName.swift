/// What the name of a written file may look like.
public enum PlainName {
  /// Whether a name is one plain component: letters, digits, `.`, `-` and `_`, not hidden, not too long.
  ///
  /// Names are made from namespaces and workloads, and those come from the cluster.
  public static func accepts(_ name: String) -> Bool {
    // 255 bytes is NAME_MAX on every file system in use.
    (1...255).contains(name.utf8.count) && !name.hasPrefix(".") && name.utf8.allSatisfy(isPlain)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default:
      false
    }
  }
}
