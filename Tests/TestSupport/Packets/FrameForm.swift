/// The forms of frames that this builder can write, with their numbers in capture files.
public enum FrameForm: UInt32, Hashable, Sendable, CaseIterable {
  /// Four bytes with a protocol family in the order of the host (LINKTYPE_NULL).
  case null = 0
  /// Ethernet (LINKTYPE_ETHERNET).
  case ethernet = 1
  /// Nothing before the IP header (LINKTYPE_RAW).
  case raw = 101
  /// Four bytes with a protocol family in the order of the network (LINKTYPE_LOOP).
  case loop = 108
  /// Linux cooked capture, first form (LINKTYPE_LINUX_SLL).
  case cooked = 113
  /// Linux cooked capture, second form (LINKTYPE_LINUX_SLL2), as the device `any` gives it.
  case cooked2 = 276
}
