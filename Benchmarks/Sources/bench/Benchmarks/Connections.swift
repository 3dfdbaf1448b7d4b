import Console
import Documents
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

// As the proof of `generate` asks for them.
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
}

// As `netpol-learn reach -o jsonl` prints them.
extension Connections {
  /// Those between these workloads; what is outside the cluster is not compared.
  init(reach bytes: [UInt8], among workloads: [String]) throws {
    let known = Set(workloads)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let way = try JSON.read(Array(line))
      guard let source = way["from"]?.string, let destination = way["to"]?.string, source != destination,
        known.contains(source), known.contains(destination)
      else { continue }
      for term in way["ports"]?.sequence ?? [] {
        guard let ports = term.string.flatMap(Self.ports(term:)) else {
          throw Complaint("`\(JSON.write(term))` names no ports that are known here", exitCode: .input)
        }
        open(ports, "\(source) => \(destination)")
      }
    }
  }

  private static func ports(term: String) -> PortSet? {
    if term == "all" { return .all }
    let parts = term.split(separator: "/")
    guard parts.count == 2, let transport = Transport(name: parts[0]),
      let range = parts[1] == "all" ? .whole : span(parts[1])
    else { return nil }
    return PortSet(transport, range)
  }

  /// One number, or two with a hyphen between.
  private static func span(_ text: Substring) -> PortRange? {
    let bounds = text.split(separator: "-")
    guard let low = bounds.first.flatMap({ UInt16($0) }), let high = bounds.last.flatMap({ UInt16($0) })
    else {
      return nil
    }
    return PortRange(low, through: high)
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
      guard let range = span(word.hasPrefix(numbers) ? word.dropFirst(numbers.count) : word) else {
        return nil
      }
      ranges.append(range)
    }
    return transports.reduce(.none) { set, transport in
      ranges.reduce(set) { $0.union(PortSet(transport, $1)) }
    }
  }
}
