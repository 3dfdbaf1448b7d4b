import Kubernetes

/// Whether the ends of a pair themselves came, went or changed, beside what policies say of them.
public enum Topology: String, Hashable, Sendable {
  /// Both are there on both sides, and look the same to policies.
  case none
  /// The end that asks is new.
  case sourceAdded
  /// The end that is asked is new.
  case destinationAdded
  /// Both ends are new.
  case bothAdded
  /// The end that asks is gone.
  case sourceRemoved
  /// The end that is asked is gone.
  case destinationRemoved
  /// Both ends are gone.
  case bothRemoved
  /// The end that asks has other labels or ports, or its namespace has other labels.
  case sourceChanged
  /// The end that is asked has other labels or ports, or its namespace has other labels.
  case destinationChanged
  /// Both ends have other labels or ports, or their namespaces have other labels.
  case bothChanged

  /// What happened to a pair of which each end came, went or changed.
  init(source: Fate, destination: Fate) {
    self =
      switch (source, destination) {
      case (.came, .came): .bothAdded
      case (.came, _): .sourceAdded
      case (_, .came): .destinationAdded
      case (.went, .went): .bothRemoved
      case (.went, _): .sourceRemoved
      case (_, .went): .destinationRemoved
      case (.changed, .changed): .bothChanged
      case (.changed, .steady): .sourceChanged
      case (.steady, .changed): .destinationChanged
      case (.steady, .steady): .none
      }
  }

  /// What happened to one end.
  enum Fate {
    case steady, changed, came, went
  }

  /// The words for people.
  var words: String {
    switch self {
    case .none: ""
    case .sourceAdded: "the source is new"
    case .destinationAdded: "the destination is new"
    case .bothAdded: "both ends are new"
    case .sourceRemoved: "the source is gone"
    case .destinationRemoved: "the destination is gone"
    case .bothRemoved: "both ends are gone"
    case .sourceChanged: "the source has other labels or ports"
    case .destinationChanged: "the destination has other labels or ports"
    case .bothChanged: "both ends have other labels or ports"
    }
  }
}
