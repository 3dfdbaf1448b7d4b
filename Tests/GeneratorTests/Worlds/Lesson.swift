import Capture
import Generator
import Kubernetes
import TestSupport
import Traffic

/// What the program makes of a world: captures and objects in, through the ways that users have.
struct Lesson {
  let world: MadeWorld
  let inventory: Inventory
  let facts: Facts
  let learned: Learned
  /// The policies of all namespaces, with their proof.
  let plan: Plan

  init(_ world: MadeWorld) throws {
    let inventory = try Self.inventory(world.objects)
    try self.init(world, inventory, Self.facts(world, world.captures(), inventory))
  }

  init(_ world: MadeWorld, _ inventory: Inventory, _ facts: Facts) {
    self.world = world
    self.inventory = inventory
    self.facts = facts
    let everything = Learned(facts, inventory, Options())
    learned = everything
    plan = everything.about(Set(everything.knownNamespaces)).plan
  }

  /// The objects, read from what kubectl prints.
  static func inventory(_ objects: [String]) throws -> Inventory {
    let reading = try ClusterReading(MadeWorld.list(objects))
    guard reading.problems.isEmpty, reading.objects.count == objects.count else {
      throw Flaw(description: "the objects can't be read: \(reading.problems.map(\.message))")
    }
    return Inventory(reading.objects)
  }

  /// The facts in a world's captures: read together as one run, or each by itself and merged.
  static func facts(
    _ world: MadeWorld, _ captures: [(node: String, bytes: [UInt8])], _ inventory: Inventory
  ) throws -> Facts {
    let changes = world.features.contains(.laterInventory) ? .none : Roster(inventory).changes
    guard world.isRecordedApart else {
      return try facts(
        captures, changes, recorder: world.features.contains(.unnamedRecordings) ? "" : "all")
    }
    var facts = Facts()
    for capture in captures {
      let more = try self.facts([capture], changes, recorder: capture.node)
      facts.conversations += more.conversations
      facts.names += more.names
      facts.losses += more.losses
      facts.passed.merge(more.passed) { $0 + $1 }
    }
    return facts
  }

  private static func facts(
    _ captures: [(node: String, bytes: [UInt8])], _ changes: OwnerChanges, recorder: String
  ) throws -> Facts {
    let folder = try TemporaryFolder()
    var paths: [String] = []
    for capture in captures { paths.append(try folder.write(bytes: capture.bytes, to: capture.node)) }
    var run = try CaptureRun(paths: paths)
    var recording = Recording(recorder: recorder, changes: changes, seed: 1)
    let readings = try run.read(into: &recording)
    guard readings.allSatisfy({ $0.ending == .whole }) else {
      throw Flaw(description: "a capture is damaged")
    }
    let harvest = recording.finish()
    return Facts(
      conversations: harvest.facts, names: harvest.dns, losses: readings.flatMap(\.losses),
      passed: harvest.passed)
  }

  /// A world that is none.
  struct Flaw: Error, CustomStringConvertible {
    let description: String
  }
}
