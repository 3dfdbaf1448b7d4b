import Generator
import Kubernetes
import TestSupport
import Traffic

/// Tries all laws in one world.
struct WorldLaws {
  /// What is wrong, a line each; empty where everything is right.
  private(set) var faults: [String] = []
  /// How many questions the policies were asked.
  private(set) var questions = 0

  init(_ world: MadeWorld) throws {
    let objects = world.objects
    let inventory = try Lesson.inventory(objects)
    let lesson = Lesson(world, inventory, try Lesson.facts(world, world.captures(), inventory))
    let asking = try Asking(lesson)
    let needs = NeedLaw(lesson, asking)
    faults = TruthLaw(lesson.learned, of: world).faults + needs.faults
    faults += ReplayLaw(lesson).faults + ProofLaw(lesson).faults
    questions = needs.questions
    // Where generation stops there are no policies to ask.
    if !world.stops {
      let others = ClosedLaw(asking)
      questions += others.questions
      faults += others.faults
    }
    faults += TruthLaw(Self.doubled(lesson), of: world).faults.map { "recorded twice: \($0)" }
    try compare("objects and facts in another order", Self.shuffled(lesson, objects), asking.manifests)
    let continued = try Self.continued(lesson)
    compare("another quiet day", continued, asking.manifests)
    let seen = continued.learned.accounting.conversations.seen
    let wanted = lesson.learned.accounting.conversations.seen + UInt64(world.lastingCount)
    if seen != wanted { faults.append("another quiet day: \(seen) conversations, and should be \(wanted)") }
  }

  private mutating func compare(_ change: String, _ other: Lesson, _ manifests: String) {
    let changed = Asking.manifests(of: other)
    guard changed != manifests else { return }
    let before = Set(manifests.split(separator: "\n"))
    let after = changed.split(separator: "\n")
    faults.append("\(change): other policies, such as \(after.filter { !before.contains($0) }.prefix(3))")
  }

  private static func shuffled(_ lesson: Lesson, _ objects: [String]) throws -> Lesson {
    var random = SeededRandom(seed: lesson.world.seed)
    var facts = lesson.facts
    facts.conversations.shuffle(using: &random)
    facts.names.shuffle(using: &random)
    return Lesson(lesson.world, try Lesson.inventory(objects.shuffled(using: &random)), facts)
  }

  /// The same, as if every machine had a second recorder.
  private static func doubled(_ lesson: Lesson) -> Learned {
    var facts = lesson.facts
    facts.conversations += lesson.facts.conversations.compactMap { fact in
      let key = fact.key
      let other = Fact.Key(
        hour: key.hour, recorder: key.recorder + " again", client: key.client, server: key.server,
        port: key.port, transport: key.transport, tier: key.tier, direction: key.direction,
        dialled: key.dialled, interface: key.interface + 7, part: key.part)
      return Fact(key: other, conversations: fact.conversations, activity: fact.activity)
    }
    return Learned(facts, lesson.inventory, Options())
  }

  /// The same and what goes on, as it is recorded one day later.
  private static func continued(_ lesson: Lesson) throws -> Lesson {
    let captures = lesson.world.quietCaptures(laterBySeconds: 86_400)
    let more = try Lesson.facts(lesson.world, captures, lesson.inventory)
    var facts = lesson.facts
    facts.conversations += more.conversations
    facts.names += more.names
    return Lesson(lesson.world, lesson.inventory, facts)
  }
}
