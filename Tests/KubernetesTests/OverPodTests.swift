import Documents
import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("A pod that is over held its address until its end, however that is told")
struct OverPodTests {
  @Test(
    "the last end of any container counts, else the last change of a condition",
    arguments: [
      // A container that prepares the pod failed, and no other ever ran.
      (#""initContainerStatuses": [\#(OverPodTests.ended("09:05:00"))]"#, "09:05:00"),
      // The node put the pod out before any container ended.
      (
        #""reason": "Evicted", "conditions": [{"type": "Ready", "lastTransitionTime": "2026-11-20T09:07:00Z"},"#
          + #"{"type": "PodScheduled", "lastTransitionTime": "2026-11-20T09:00:00Z"}]"#,
        "09:07:00"
      ),
      // What a container tells is truer than a condition.
      (
        #""containerStatuses": [\#(OverPodTests.ended("09:06:00"))], "initContainerStatuses": [\#(OverPodTests.ended("09:01:00"))],"#
          + #""conditions": [{"type": "Ready", "lastTransitionTime": "2026-11-20T09:08:00Z"}]"#,
        "09:06:00"
      ),
      // Nothing tells: it is known to be over, not since when.
      (#""conditions": []"#, "09:00:00"),
    ])
  func end(status: String, until: String) throws {
    let pod = try Self.pod("Failed", status)
    #expect(pod.isOver)
    #expect(pod.held.from == Instant("2026-11-20T09:00:00Z"))
    #expect(pod.held.until == Instant("2026-11-20T\(until)Z"))
  }

  @Test("that a pod that runs was prepared is no end of it")
  func running() throws {
    let pod = try Self.pod("Running", #""initContainerStatuses": [\#(OverPodTests.ended("09:05:00"))]"#)
    #expect(pod.finished == nil)
    #expect(pod.held.until == .distantFuture)
  }

  static func ended(_ time: String) -> String {
    #"{"state": {"terminated": {"finishedAt": "2026-11-20T\#(time)Z"}}}"#
  }

  private static func pod(_ phase: String, _ status: String) throws -> Pod {
    let text = """
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "n", "name": "p"}, "spec": {"containers": []},
       "status": {"phase": "\(phase)", "podIP": "10.244.0.9", "startTime": "2026-11-20T09:00:00Z", \(status)}}
      """
    let objects = try ClusterReading(Array(text.utf8)).objects
    guard case .pod(let pod)? = objects.first else { throw Missing() }
    return pod
  }

  private struct Missing: Error {}
}
