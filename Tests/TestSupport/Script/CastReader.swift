import Traffic

/// The lines of a script that say who takes part.
extension Cast {
  /// Reads one line; false when it is about something else.
  mutating func read(_ words: inout ScriptWords) throws(ScriptError) -> Bool {
    if words.take("capture") {
      try readCapture(&words)
    } else if words.take("node") {
      try readNode(&words)
    } else if words.take("shared") {
      shared.append(try words.address("the address that every node has"))
    } else if words.take("overlay") {
      try readOverlay(&words)
    } else if words.take("pod") {
      try readPod(&words)
    } else if words.take("service") {
      try readService(&words)
    } else if words.take("name") {
      try readName(&words)
    } else {
      return false
    }
    try words.expectEnd()
    return true
  }

  private mutating func readCapture(_ words: inout ScriptWords) throws(ScriptError) {
    try words.expect("on")
    recorder = try words.next("the node's name")
    try words.expect("from")
    from = try instant(&words)
    try words.expect("until")
    until = try instant(&words)
  }

  private mutating func readNode(_ words: inout ScriptWords) throws(ScriptError) {
    let name = try words.next("the node's name")
    let address = try words.address("the node's address")
    let gateway = try words.address("the gateway of its pods")
    let range = try words.next("the range of its pods")
    guard let pods = Prefix(range) else { throw words.problem("`\(range)` is no range of addresses") }
    nodes.append(Node(name: name, address: address, gateway: gateway, pods: pods))
  }

  private mutating func readOverlay(_ words: inout ScriptWords) throws(ScriptError) {
    let word = try words.next("the overlay's kind")
    guard let known = Carrier.allCases.first(where: { "\($0)" == word }) else {
      throw words.problem("`\(word)` is none of \(Carrier.allCases.map { "\($0)" }.joined(separator: ", "))")
    }
    carrier = known
  }

  private mutating func readPod(_ words: inout ScriptWords) throws(ScriptError) {
    let (namespace, called) = try namespaced(&words)
    let address = try words.address("the pod's address")
    let node = try words.next("the pod's node")
    let name = try words.next("the pod's name in full")
    guard nodes.contains(where: { $0.name == node && $0.pods.contains(address) }) else {
      throw words.problem("`\(address)` is no address of a pod on `\(node)`")
    }
    guard pod(called: called) == nil else { throw words.problem("there is another pod called `\(called)`") }
    let start = words.take("from") ? try words.time(on: from) : nil
    let end = words.take("until") ? try words.time(on: from) : nil
    pods.append(
      ScriptedPod(
        namespace: namespace, called: called, name: name, address: address, node: node, from: start,
        until: end))
  }

  private mutating func readService(_ words: inout ScriptWords) throws(ScriptError) {
    let (namespace, called) = try namespaced(&words)
    let address = try words.address("the Service's address")
    try words.expect("port")
    let port = try words.port()
    try words.expect("to")
    let target = try words.port()
    try words.expect("on")
    let backends = words.remaining()
    for backend in backends
    where pod(called: backend) == nil && !nodes.contains(where: { $0.name == backend }) {
      throw words.problem("nobody is called `\(backend)`")
    }
    services.append(
      Service(
        name: "\(namespace)/\(called)", address: address, port: port, target: target, backends: backends))
  }

  private mutating func readName(_ words: inout ScriptWords) throws(ScriptError) {
    let name = try words.next("the name")
    var aliases: [String] = []
    var addresses: [Address] = []
    for word in words.remaining() {
      if let address = Address(word) { addresses.append(address) } else { aliases.append(word) }
    }
    names[name] = Name(aliases: aliases, addresses: addresses)
  }

  private func namespaced(_ words: inout ScriptWords) throws(ScriptError) -> (String, String) {
    let word = try words.next("a name")
    let parts = word.split(separator: "/")
    guard parts.count == 2 else { throw words.problem("`\(word)` is no name such as `payments/api-a`") }
    return (String(parts[0]), String(parts[1]))
  }

  private func instant(_ words: inout ScriptWords) throws(ScriptError) -> Instant {
    let word = try words.next("a moment")
    guard let instant = Instant(word) else { throw words.problem("`\(word)` is no moment in RFC 3339") }
    return instant
  }
}
