import Traffic

// The captures that the machines of a world take.
extension MadeWorld {
  /// The capture file of every machine, by the machine's name.
  public func captures(laterBySeconds delay: Int64 = 0) -> [(node: String, bytes: [UInt8])] {
    captures(of: traffic.talks, laterBySeconds: delay)
  }

  /// The same, of what is needed and will go on alone: no scans, no failures, no pods that have gone.
  public func quietCaptures(laterBySeconds delay: Int64) -> [(node: String, bytes: [UInt8])] {
    captures(of: traffic.lastingTalks, laterBySeconds: delay)
  }

  private var form: FrameForm { features.contains(.plainInterfaces) ? .cooked : .cooked2 }

  private func captures(of talks: [Talk], laterBySeconds delay: Int64) -> [(node: String, bytes: [UInt8])] {
    let precision: CaptureWriter.Precision = features.contains(.microseconds) ? .microseconds : .nanoseconds
    var screening = Screening(cluster: cluster, form: form, random: SeededRandom(seed: seed))
    for talk in talks { screening.show(talk) }
    return screening.frames.enumerated().filter { cluster.nodes[$0.offset].isRecorded }.map { place, frames in
      var writer = CaptureWriter(form, precision: precision, order: place == 0 ? .bigEndian : .littleEndian)
      let order = frames.indices.sorted { (frames[$0].at, $0) < (frames[$1].at, $1) }
      for index in order {
        let frame = frames[index]
        writer.write(
          frame.bytes, at: frame.at.advanced(bySeconds: delay), keeping: frame.isWhole ? .max : 256)
      }
      return (cluster.nodes[place].name, writer.bytes)
    }
  }
}

/// Shows talks on the interfaces that they pass.
private struct Screening {
  let cluster: MadeWorld.Cluster
  let form: FrameForm
  var random: SeededRandom
  private(set) var frames: [[Frame]]

  struct Frame {
    let at: Instant
    let bytes: [UInt8]
    let isWhole: Bool
  }

  init(cluster: MadeWorld.Cluster, form: FrameForm, random: SeededRandom) {
    self.cluster = cluster
    self.form = form
    self.random = random
    frames = cluster.nodes.map { _ in [] }
  }

  mutating func show(_ talk: Talk) {
    let views = talk.views(in: cluster)
    let routers = views.last?.hops ?? 0
    var last: [[UInt8]] = views.map { _ in [] }
    var now = talk.start.nanoseconds
    for step in talk.steps {
      now += step.pause
      let identification = UInt16.random(in: 1 ... .max, using: &random)
      for index in step.isFromClient ? Array(views.indices) : views.indices.reversed() {
        let view = views[index]
        let hops = step.isFromClient ? view.hops : routers - view.hops
        let packet = Self.packet(
          step, view, quoting: last[index], .init(identification: identification, hops: 64 - hops))
        last[index] = packet
        now += .random(in: 9_000...18_000, using: &random)
        let moment = Instant(nanoseconds: now + cluster.nodes[view.node].skew)
        let isOutgoing = view.isOutward == step.isFromClient
        let bytes = frame(packet, view, isFromClient: step.isFromClient, isOutgoing: isOutgoing)
        frames[view.node].append(Frame(at: moment, bytes: bytes, isWhole: talk.isWhole))
      }
      now += .random(in: 60_000...900_000, using: &random)
    }
  }

  private static func packet(
    _ step: Talk.Step, _ view: Talk.View, quoting last: [UInt8], _ envelope: PacketBuilder.Envelope
  ) -> [UInt8] {
    let (from, to) = step.isFromClient ? (view.client, view.server) : (view.server, view.client)
    switch step.packet {
    case .plain(.segment(let segment)):
      return PacketBuilder.tcp(segment, from: from, to: to, envelope: envelope)
    case .plain(.datagram(let bytes)): return PacketBuilder.udp(bytes, from: from, to: to, envelope: envelope)
    case .association(let packet): return PacketBuilder.sctp(packet, from: from, to: to, envelope: envelope)
    case .plain(.unreachable):
      return PacketBuilder.unreachable(quoting: last, from: from.address, to: to.address, envelope: envelope)
    }
  }

  private func frame(_ packet: [UInt8], _ view: Talk.View, isFromClient: Bool, isOutgoing: Bool) -> [UInt8] {
    let header = LinkHeader(
      interface: view.interface, way: isOutgoing ? .outgoing : .incoming,
      source: HardwareAddress(bits: 0x0A58_0000_0001), destination: HardwareAddress(bits: 0x0A58_0000_0002))
    guard let carried = view.carried, let carrier = cluster.carrier else {
      let content: LinkHeader.Content = view.client.address.isV4 ? .ipv4 : .ipv6
      return header.frame(content, packet, as: form) ?? []
    }
    let (from, to) = isFromClient ? (carried.from, carried.to) : (carried.to, carried.from)
    let outer = carrier.carry(
      packet, from: cluster.nodes[from].addresses[0], to: cluster.nodes[to].addresses[0])
    return header.frame(.ipv4, outer, as: form) ?? []
  }
}
