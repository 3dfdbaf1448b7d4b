import Traffic

/// The node that the capture is taken on: its interfaces, and who is behind them.
struct RecordingNode {
  /// The index of `eth0`.
  static let uplink: UInt32 = 2
  /// The index of `cni0`, the bridge that the pods hang on.
  static let bridge: UInt32 = 3
  /// The index of the first pod's interface; the others follow in the script's order.
  private static let firstPod: UInt32 = 4
  /// The index of the overlay's interface, behind which packets are wrapped for another node.
  static let tunnel: UInt32 = 200

  let address: Address
  /// How packets travel to other nodes, where the network is an overlay.
  let carrier: Carrier?
  private let gateway: Address
  /// The node once for each family it has.
  private let families: [Cast.Node]
  private let cast: Cast
  private let localPods: [ScriptedPod]

  /// The node that the cast says the capture was taken on; nil when it names none.
  init?(of cast: Cast) {
    families = cast.nodes.filter { $0.name == cast.recorder }
    guard let node = families.first else { return nil }
    address = node.address
    gateway = node.gateway
    carrier = cast.carrier
    self.cast = cast
    localPods = cast.pods.filter { $0.node == node.name }
  }

  /// The node's own address of the family that another address is of.
  func address(like other: Address) -> Address {
    families.first { $0.address.isV4 == other.isV4 }?.address ?? address
  }

  var hardware: HardwareAddress { HardwareAddress(of: address) }
  var gatewayHardware: HardwareAddress { HardwareAddress(of: gateway) }
  /// The hardware address of the router that leads out of the nodes' network.
  private var routerHardware: HardwareAddress { HardwareAddress(bits: 0x5254_0000_0001) }

  /// Who a name or an address of the script is at a moment; nil when nobody is.
  func party(called name: String, at instant: Instant) -> Party? {
    if let pod = cast.pod(called: name) {
      guard (pod.from ?? .distantPast) <= instant, instant <= (pod.until ?? .distantFuture) else {
        return nil
      }
      return party(pod)
    }
    if let node = cast.nodes.first(where: { $0.name == name }) { return party(at: node.address, instant) }
    return Address(name).flatMap { party(at: $0, instant) }
  }

  private func party(_ pod: ScriptedPod) -> Party {
    if let index = localPods.firstIndex(of: pod) {
      return Party(
        address: pod.address, place: .pod(interface: Self.firstPod + UInt32(index)),
        hardware: HardwareAddress(of: pod.address))
    }
    let home = cast.nodes.first { $0.name == pod.node }?.address ?? pod.address
    return Party(address: pod.address, place: .elsewhere, hardware: HardwareAddress(of: home), home: home)
  }

  private func party(at address: Address, _ instant: Instant) -> Party? {
    let isOwn = families.contains { $0.address == address || $0.gateway == address }
    if isOwn || cast.shared.contains(address) {
      return Party(address: address, place: .host, hardware: HardwareAddress(of: address))
    }
    // An address that changed hands is still behind the interface of the pod that had it last.
    let holders = localPods.filter { $0.address == address && ($0.from ?? .distantPast) <= instant }
    if let last = holders.max(by: { ($0.from ?? .distantPast) < ($1.from ?? .distantPast) }) {
      return party(last)
    }
    if let home = cast.nodes.first(where: { $0.pods.contains(address) }) {
      guard home.name != cast.recorder else { return nil }
      let first = cast.nodes.first { $0.name == home.name } ?? home
      return Party(
        address: address, place: .elsewhere, hardware: HardwareAddress(of: first.address),
        home: first.address)
    }
    return Party(address: address, place: .outside, hardware: routerHardware)
  }
}
