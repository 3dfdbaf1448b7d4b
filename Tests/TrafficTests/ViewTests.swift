import TestSupport
import Testing

@testable import Traffic

/// However the frames of the payments story travel and are recorded, it is the same story.
@Suite struct ViewTests {
  let story: TrafficScript
  let nodes = (Address(test: "10.0.0.11"), Address(test: "10.0.0.12"))

  init() throws {
    story = try TrafficScript(try Repository.text("samples/payments/story.txt"))
  }

  @Test func `what teaches nothing is what the script says`() {
    #expect(harvest().passed == story.passed.mapValues(UInt64.init))
  }

  @Test(arguments: FrameForm.allCases)
  func `the form of the link changes no conversation`(form: FrameForm) throws {
    #expect(harvest(form).lines == harvest().lines)
  }

  @Test(arguments: [[0x8100], [0x88A8, 0x8100], [0x9100, 0x9100, 0x8100]] as [[UInt16]])
  func `tags change no conversation`(tags: [UInt16]) throws {
    for form in [FrameForm.ethernet, .cooked, .cooked2] {
      let tagged = harvest(form) { header, _, _ in header.tags = tags }
      #expect(tagged.lines == harvest().lines)
      #expect(tagged.dns == harvest().dns)
    }
  }

  @Test(arguments: Carrier.allCases)
  func `an overlay changes nothing at all`(carrier: Carrier) throws {
    let carried = harvest { _, content, packet in
      guard content != .arp else { return }
      packet = carrier.carry(packet, from: nodes.0, to: nodes.1)
      content = .ipv4
    }
    let isSame = carried == harvest()
    #expect(isSame)
    #expect(carried.facts.count > 40)
  }

  /// As on the device `any`: a pod's interface shows the packet, and the node's the overlay.
  @Test(arguments: Carrier.allCases)
  func `a sighting inside an overlay beside one outside it adds no conversation`(carrier: Carrier) throws {
    var recording = Recording(recorder: "test")
    for frame in story.frames() { note(frame, .cooked2, &recording) }
    let plain = recording.finish()

    recording = Recording(recorder: "test")
    let inside = story.frames { header, content, packet in
      guard content != .arp else { return }
      header.interface = 900
      packet = carrier.carry(packet, from: nodes.0, to: nodes.1)
      content = .ipv4
    }
    for (frame, carried) in zip(story.frames(), inside) {
      note(frame, .cooked2, &recording)
      note(carried, .cooked2, &recording)
    }
    let both = recording.finish()
    #expect(both.lines == plain.lines)
    #expect(both.dns == plain.dns)
    #expect(both.sightings > plain.sightings)
  }

  private func harvest(
    _ form: FrameForm = .cooked2,
    changed change: (inout TestSupport.LinkHeader, inout TestSupport.LinkHeader.Content, inout [UInt8]) ->
      Void = { _, _, _ in }
  ) -> Harvest {
    var recording = Recording(recorder: "test")
    for frame in story.frames(form, changed: change) {
      note(frame, LinkType(number: form.rawValue), &recording)
    }
    return recording.finish()
  }

  private func note(
    _ frame: (at: Instant, bytes: [UInt8], kept: Int), _ link: LinkType, _ recording: inout Recording
  ) {
    Wire.lend(Array(frame.bytes.prefix(frame.kept))) { bytes in
      recording.note(bytes, link: link, at: frame.at, wireLength: frame.bytes.count)
    }
  }
}
