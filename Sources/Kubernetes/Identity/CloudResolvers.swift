public import Traffic

/// The name servers that clouds offer their machines at addresses of their own.
///
/// Pods ask them where `dnsPolicy: Default` hands them their machine's name server, and so does the cluster's own DNS. Some
/// share an address with the metadata service, which is on other ports and hands out no secrets on this one.
public enum CloudResolvers {
  /// Whether a cloud answers for names here (AWS, also by IPv6; Google, where Cloud DNS may serve the cluster, and
  /// OpenStack; Azure).
  public static func holds(_ end: Socket) -> Bool { end.port == 53 && addresses.contains(end.address) }

  /// Their addresses.
  public static let addresses = Set(
    ["169.254.169.253", "fd00:ec2::253", "169.254.169.254", "168.63.129.16"].compactMap { Address($0) })
}
