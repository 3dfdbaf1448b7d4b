import TestSupport
import Testing
import Traffic

/// What somebody with a pod, or with a machine outside, does while a cluster is recorded.
struct Poison: Sendable, CustomTestStringConvertible {
  let name: String
  /// What comes of it.
  var effect = Effect.none
  /// Options of `generate`, for both.
  var options: [String] = []
  /// Traffic that is there without the poison too.
  var benign: (@Sendable (inout PoisonedCapture) -> Void)?
  /// Whether the packets are in the file as they were added, and not in order of time.
  var isOutOfOrder = false
  let add: @Sendable (inout PoisonedCapture) -> Void

  /// What a poison changes in the policies.
  enum Effect: Sendable, Equatable {
    /// Not a byte.
    case none
    /// These policies and no others, for a reason.
    case policies([String], because: String)
    /// More than it should: the threat model lists it under what is not defended.
    case undefended(String)
  }

  init(
    _ name: String, effect: Effect = .none, options: [String] = [], isOutOfOrder: Bool = false,
    benign: (@Sendable (inout PoisonedCapture) -> Void)? = nil,
    add: @escaping @Sendable (inout PoisonedCapture) -> Void
  ) {
    self.name = name
    self.effect = effect
    self.options = options
    self.isOutOfOrder = isOutOfOrder
    self.benign = benign
    self.add = add
  }

  var testDescription: String { name }

  static let all = connections + datagrams + names + odd
}

/// Who is there in the dual-stack story, with the interface behind which each of them is.
enum Here {
  static let uplink: UInt32 = 2
  static let player: UInt32 = 4
  static let catalog: UInt32 = 6
  static let store: UInt32 = 8
  static let stats: UInt32 = 10
  static let banner: UInt32 = 12
  static let dns: UInt32 = 14

  /// A socket of somebody there, or outside.
  static func at(_ address: String, _ port: UInt16) -> Socket {
    Socket(Address(address) ?? Address(v4: 0), port)
  }
  static func player(_ port: UInt16) -> Socket { at("10.244.1.10", port) }
  static func catalog(_ port: UInt16) -> Socket { at("10.244.1.11", port) }
  static func store(_ port: UInt16) -> Socket { at("10.244.1.12", port) }
  static func stats(_ port: UInt16) -> Socket { at("10.244.1.13", port) }
  static func banner(_ port: UInt16) -> Socket { at("10.244.1.14", port) }
  static func dns(_ port: UInt16) -> Socket { at("10.244.1.2", port) }
  /// Names are asked for at the Service's address.
  static let names = at("10.96.0.10", 53)
}
