import Documents

/// That pods, or those behind a Service, want to be asked for metrics: the two annotations that are read of an object.
///
/// `prometheus.io/scrape` and `prometheus.io/port` are what the Prometheus chart goes by where nobody made a monitor.
public struct ScrapeRequest: Hashable, Sendable {
  /// The port: a pod's own, or a Service's; nil where any that is declared is meant.
  public var port: UInt16?

  /// A request for the metrics on a port.
  public init(port: UInt16? = nil) { self.port = port }
}

extension ScrapeRequest {
  /// The names of the annotations.
  static let asks = "prometheus.io/scrape"
  static let asksOn = "prometheus.io/port"

  /// The request among annotations; nil where there is none, or it is refused.
  init?(annotations: Node?) {
    guard annotations?[Self.asks]?.string == "true" else { return nil }
    port = annotations?[Self.asksOn]?.string.flatMap { UInt16($0) }.flatMap { $0 == 0 ? nil : $0 }
  }

  var annotations: Node {
    Node(kept: [
      (Self.asksOn, port.map { .string(String($0)) }), (Self.asks, .string("true")),
    ])
  }
}
