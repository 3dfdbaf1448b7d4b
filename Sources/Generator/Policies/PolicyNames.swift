import Kubernetes

/// The names of a namespace's policies: each workload's own, and with its kind where another has it.
struct PolicyNames {
  private let names: [WorkloadID: String]

  /// Names for these workloads, in an order that depends on nothing but them; no two are the same.
  init(for subjects: [WorkloadID], besides reserved: Set<String>) {
    let shared = Dictionary(grouping: subjects, by: \.name).filter { $0.value.count > 1 }.keys
    var taken = reserved
    var names: [WorkloadID: String] = [:]
    let plain = subjects.filter { !shared.contains($0.name) && !reserved.contains($0.name) }
    for subject in plain.sorted() {
      names[subject] = subject.name
      taken.insert(subject.name)
    }
    for subject in subjects.sorted() where names[subject] == nil {
      let base = "\(subject.name)-\(subject.kind.lowercased())"
      var name = base
      var number = 2
      while taken.contains(name) {
        name = "\(base)-\(number)"
        number += 1
      }
      names[subject] = name
      taken.insert(name)
    }
    self.names = names
  }

  subscript(subject: WorkloadID) -> String { names[subject] ?? subject.name }
}
