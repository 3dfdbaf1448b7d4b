public import Traffic

/// The documented endpoints that give a pod its own identity in the cloud, and nothing of the machine's.
///
/// EKS Pod Identity answers on its own link-local address, and so does the metadata server of GKE's workload identity.
public enum IdentityEndpoints {
  /// Whether this end hands out a pod's own identity.
  public static func holds(_ end: Socket) -> Bool { known.contains(end) }

  private static let known = Set(
    [("169.254.170.23", 80), ("fd00:ec2::23", 80), ("169.254.169.252", 988)].compactMap { text, port in
      Address(text).map { Socket($0, UInt16(port)) }
    })
}
