import Traffic

extension Target {
  /// What an answer teaches is about a name that a host can have, was asked for just before, and is the same over TCP.
  static var dns: Target {
    Target(name: "dns") { bytes in
      let cut = min(Int(bytes.first ?? 0), max(0, bytes.count - 1))
      let question = Array(bytes.dropFirst().prefix(cut))
      let answer = Array(bytes.dropFirst(1 + cut))
      let learned = harvest(question, answer, .udp, after: 1_000_000).dns
      for fact in learned {
        law(isHostName(fact.key.name), "`\(fact.key.name)` is no name of a host")
        law(fact.key.asker == client && fact.key.answerer == server, "others talked")
      }
      // An address with what stands before it takes sixteen bytes at least.
      law(learned.count <= answer.count / 16, "so many addresses have no room in the answer")
      let streamed = Set(harvest(question, answer, .tcp, after: 1_000_000).dns.map(\.key))
      law(streamed.isSuperset(of: learned.map(\.key)), "over TCP it says less")
      law(
        harvest(question, answer, .udp, after: 6_000_000_000).dns.isEmpty,
        "an answer came too late and counts")
      law(harvest([], answer, .udp, after: 1_000_000).dns.isEmpty, "an answer that nobody asked for counts")
    }
  }

  private static let client = Address(v4: 0x0AF4_0107)
  private static let server = Address(v4: 0x0A60_000A)

  private static func isHostName(_ name: String) -> Bool {
    let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return name.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.count)
          && label.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
          }
      }
  }

  private static func harvest(
    _ question: [UInt8], _ answer: [UInt8], _ transport: Transport, after wait: Int64
  ) -> Harvest {
    var recording = Recording(recorder: "fuzz", seed: 1)
    let start: Int64 = 1_795_165_080_000_000_000
    func note(_ packet: [UInt8], at nanoseconds: Int64) {
      lend(packet) { bytes in
        recording.note(
          bytes, link: .raw, at: Instant(nanoseconds: nanoseconds), interface: 2, wireLength: bytes.byteCount)
      }
    }
    let (asking, replying) = ([0x9C, 0x40, 0, 53] as [UInt8], [0, 53, 0x9C, 0x40] as [UInt8])
    if transport == .udp {
      if !question.isEmpty {
        note(packet(isReply: false, 17, asking + length(question, 8) + [0, 0] + question), at: start)
      }
      note(packet(isReply: true, 17, replying + length(answer, 8) + [0, 0] + answer), at: start + wait)
    } else {
      func segment(_ ports: [UInt8], _ sequence: UInt8, _ acknowledged: UInt8, _ flags: UInt8) -> [UInt8] {
        ports + [0, 0, 0, sequence, 0, 0, 0, acknowledged, 0x50, flags, 255, 255, 0, 0, 0, 0]
      }
      note(packet(isReply: false, 6, segment(asking, 9, 0, 2)), at: start - 3)
      note(packet(isReply: true, 6, segment(replying, 9, 10, 18)), at: start - 2)
      note(packet(isReply: false, 6, segment(asking, 10, 10, 16)), at: start - 1)
      note(packet(isReply: false, 6, segment(asking, 10, 10, 24) + length(question, 0) + question), at: start)
      note(
        packet(isReply: true, 6, segment(replying, 10, 11, 24) + length(answer, 0) + answer), at: start + wait
      )
    }
    return recording.finish()
  }

  private static func packet(isReply: Bool, _ inside: UInt8, _ body: [UInt8]) -> [UInt8] {
    let (one, other): ([UInt8], [UInt8]) = ([10, 244, 1, 7], [10, 96, 0, 10])
    let ends = isReply ? other + one : one + other
    return [0x45, 0] + length(body, 20) + [0, 1, 0x40, 0, 64, inside, 0, 0] + ends + body
  }

  private static func length(_ body: [UInt8], _ head: Int) -> [UInt8] {
    let count = body.count + head
    return [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
  }
}
