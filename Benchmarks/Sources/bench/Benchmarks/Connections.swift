import Console
import Kubernetes
import Traffic

/// The open ports between workloads, of every pair that has any.
struct Connections {
  /// By the pair's names, `namespace/name => namespace/name`.
  private var ports: [String: PortSet] = [:]

  /// The pairs in order, a line each.
  var text: String {
    ports.sorted { $0.key < $1.key }.map { "\($0.key) : \($0.value)\n" }.joined()
  }

  /// What a benchmark compares, where there are so many workloads.
  func answer(of workloads: Int) -> String {
    var digest = Digest()
    digest.add(text)
    return
      "of \((workloads * (workloads - 1)).grouped) pairs \(ports.count.grouped) have open ports, \(digest.text)"
  }

  private mutating func open(_ more: PortSet, _ pair: String) {
    if !more.isEmpty { ports[pair, default: .none] = ports[pair, default: .none].union(more) }
  }
}

// As this program finds them.
extension Connections {
  /// Those that policies allow between workloads, each other than itself.
  init(_ policies: [NetworkPolicy], _ namespaces: [String: Labels], _ workloads: [(String, PodTraits)]) {
    let set = PolicySet(policies, namespaces: namespaces)
    let standings = workloads.map { ($0.0, set.standing(of: .pod($0.1, address: nil))) }
    for (source, from) in standings {
      for (destination, to) in standings where source != destination {
        open(set.open(from: from, to: to), "\(source) => \(destination)")
      }
    }
  }

  /// Those of manifests in files.
  init(manifests files: [String]) throws {
    var policies: [NetworkPolicy] = []
    var namespaces: [String: Labels] = [:]
    var workloads: [(String, PodTraits)] = []
    for path in files {
      let bytes = try InputFile(at: path, limit: .max).bytes
      policies += try PolicyReading(bytes, file: path).policies
      for object in try ClusterReading(bytes).objects {
        switch object {
        case .namespace(let meta): namespaces[meta.name] = meta.labels
        case .workload(let workload): workloads.append(("\(workload.id)", workload.traits))
        default: break
        }
      }
    }
    self.init(policies, namespaces, workloads)
  }
}

// As network-config-analyzer prints them.
extension Connections {
  /// Lines such as `ns/a[Deployment] => ns/b[Deployment] : {protocols:TCP, UDP,dst_ports:53,8000-8100}`.
  init(analyzer bytes: [UInt8]) throws {
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 4)
      // Ends outside the cluster are ranges of addresses; they are not compared.
      guard parts.count == 5, parts[1] == "=>", parts[3] == ":", let source = Self.workload(parts[0]),
        let destination = Self.workload(parts[2])
      else { continue }
      guard let ports = Self.ports(parts[4]) else {
        throw Complaint("`\(parts[4])` names no ports that are known here", exitCode: .input)
      }
      open(ports, "\(source) => \(destination)")
    }
  }

  private static func workload(_ text: Substring) -> Substring? {
    let kind = "[Deployment]"
    return text.hasSuffix(kind) ? text.dropLast(kind.count) : nil
  }

  private static func ports(_ text: Substring) -> PortSet? {
    if text == "All connections" { return .all }
    let (open, names, numbers) = ("{", "protocols:", "dst_ports:")
    guard text.hasPrefix(open + names), text.hasSuffix("}") else { return nil }
    let inside = text.dropFirst(open.count + names.count).dropLast()
    let words = inside.split { $0 == "," || $0 == " " }
    let first = words.firstIndex { $0.hasPrefix(numbers) } ?? words.count
    var transports: [Transport] = []
    for word in words[..<first] {
      guard let transport = Transport(name: word) else { return nil }
      transports.append(transport)
    }
    var ranges: [PortRange] = first == words.count ? [.whole] : []
    for word in words[first...] {
      let bounds = (word.hasPrefix(numbers) ? word.dropFirst(numbers.count) : word).split(separator: "-")
      guard let low = bounds.first.flatMap({ UInt16($0) }), let high = bounds.last.flatMap({ UInt16($0) }),
        let range = PortRange(low, through: high)
      else { return nil }
      ranges.append(range)
    }
    return transports.reduce(.none) { set, transport in
      ranges.reduce(set) { $0.union(PortSet(transport, $1)) }
    }
  }
}
