import Documents
import Generator
import TestSupport
import Testing

@testable import netpol_learn

/// A policy that could be changed without anybody noticing is not needed, or not tested.
@Suite("Every change of a story's policies cuts a need or opens a door")
struct PolicyMutantTests {
  @Test(
    "the policies are as wide as the truth on both sides, and no mutant of them is", arguments: Sample.all)
  func mutants(sample: Sample) throws {
    let cluster = StoryCluster(try JSON.read(try Repository.read(sample.cluster)))
    let script = try sample.script()
    let probes = StoryProbes(script.edges, in: cluster, governing: sample.namespaces).probes
    let output = try Session.of(sample).run(["generate"] + sample.namespaceOptions).output
    let policies = try YAML.read(Array(output.utf8), limits: .manifests)
    let trial = MutantTrial(probes, namespaces: cluster.namespaces)
    #expect(trial.needs > 10 && trial.count > 1_000)
    #expect(trial.faults(of: policies).prefix(10) == [], "as generated, without any change")

    let all = MutantMaking(of: policies, services: cluster.servicePorts).mutants
    let chosen = all.enumerated().filter { $0.offset % Stress.mutantStep == 0 }.map(\.element)
    #expect(!chosen.isEmpty)
    var found: [PolicyMutant.Change: Int] = [:]
    var equal = 0
    for mutant in chosen {
      if let fault = trial.fault(of: mutant) {
        found[mutant.change, default: 0] += 1
        Stress.tellMutant("\(sample.name): \(mutant)\n  \(fault)")
      } else if mutant.isEqual {
        equal += 1
        Stress.tellMutant("\(sample.name): \(mutant)\n  equal: another policy closes that side of every pod")
      } else {
        Issue.record("\(sample.name): nobody notices: \(mutant)")
      }
    }
    Stress.tellMutant(
      "\(sample.name): \(chosen.count) of \(all.count) mutants, \(found.values.reduce(0, +)) found, \(equal) equal; \(trial.count) questions"
    )
  }
}
