public import Documents
public import Traffic

/// One question about what manifests allow.
public struct Question: Hashable, Sendable {
  /// Who asks, as it was typed: `namespace/pod`, `namespace/workload` or an address.
  public var from: String
  /// Who is asked; `namespace/service` too.
  public var to: String
  /// The port of the one that is asked.
  public var port: Port
  /// The protocol.
  public var transport: Transport

  /// A port as it is typed.
  public enum Port: Hashable, Sendable {
    /// By number.
    case number(UInt16)
    /// By the name that the destination gives it.
    case name(String)
  }

  /// A question.
  public init(from: String, to: String, port: Port, transport: Transport = .tcp) {
    self.from = from
    self.to = to
    self.port = port
    self.transport = transport
  }
}

extension Question.Port: CustomStringConvertible {
  /// The port that a text means; nil for a number beyond 65535, and for nothing.
  public init?(_ text: String) {
    if let number = UInt16(text) {
      self = .number(number)
    } else if !text.isEmpty, !text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      self = .name(text)
    } else {
      return nil
    }
  }

  /// As it is typed.
  public var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .name(let name): name
    }
  }
}

/// Why a line is no question.
public struct QuestionFlaw: Error, Hashable, Sendable {
  /// What is wrong, in words.
  public let message: String

  /// A flaw in these words.
  public init(message: String) { self.message = message }
}

extension Question {
  /// Reads `{"from":"ns/pod"|"IP","to":"ns/pod"|"IP","port":80,"protocol":"TCP"}`; the protocol may be left out.
  public init(_ node: Node) throws(QuestionFlaw) {
    guard node.mapping != nil else { throw QuestionFlaw(message: "no object with `from`, `to` and `port`") }
    guard let from = node["from"]?.string else { throw QuestionFlaw(message: "`from` is missing") }
    guard let to = node["to"]?.string else { throw QuestionFlaw(message: "`to` is missing") }
    guard let port = node["port"] else { throw QuestionFlaw(message: "`port` is missing") }
    let text = port.integer.map(String.init) ?? port.string ?? ""
    guard let port = Port(text) else { throw QuestionFlaw(message: "`port` is no port") }
    let name = node["protocol"].flatMap { $0.isNull ? nil : $0 }
    guard let transport = Transport(name: name?.string ?? (name == nil ? "TCP" : "")) else {
      throw QuestionFlaw(message: "`protocol` is none of TCP, UDP and SCTP")
    }
    self.init(from: from, to: to, port: port, transport: transport)
  }
}
