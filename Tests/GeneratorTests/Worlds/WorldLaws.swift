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
    let others = ClosedLaw(asking)
    questions = needs.questions + others.questions
    faults = TruthLaw(lesson).faults + needs.faults + others.faults
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
