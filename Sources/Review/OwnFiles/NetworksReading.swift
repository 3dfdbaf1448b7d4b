import Documents
public import Generator
import Kubernetes

extension Networks {
  /// Reads a file of named networks, each with its blocks as text, or as an `ipBlock` with `cidr` and `except`.
  public init(_ text: [UInt8]) throws(OwnFileError) {
    let file = try OwnFields(text, kind: "Networks", known: ["networks"])
    var networks: [Network] = []
    for node in try file.list("networks") {
      let fields = try OwnFields(node, called: "networks", known: ["name", "cidrs"])
      let name = try fields.required("name")
      guard !networks.contains(where: { $0.name == name }) else {
        throw .twice(name, first: nil, node.position)
      }
      var blocks: [Block] = []
      for (place, cidr) in try fields.list("cidrs").enumerated() {
        blocks.append(try Self.block(cidr, path: "\(name).cidrs[\(place)]"))
      }
      guard !blocks.isEmpty else { throw .missing("cidrs", node.position) }
      networks.append(Network(name: name, blocks: blocks))
    }
    self.init(networks)
  }

  private static func block(_ node: Node, path: String) throws(OwnFileError) -> Block {
    let whole = node.string == nil ? node : Node(.mapping([Node.Member("cidr", node)]), at: node.position)
    let read = Peer.ipBlock(whole, path: path)
    if let flaw = read.flaws.first { throw .block(flaw) }
    guard case .block(let prefix, let except) = read.peer else {
      throw .wrong(field: path, wanted: "a block of addresses", node.position)
    }
    return Block(prefix, except: except)
  }
}
