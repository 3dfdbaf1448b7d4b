import Kubernetes
import Traffic

/// The pods as `kubectl get pods -A -o json` prints them: 20.8 KB each, of which some hundred bytes matter.
public struct PodList: Sendable {
  private let world: ClusterWorld

  /// The list of a cluster's pods.
  public init(of world: ClusterWorld) {
    self.world = world
  }

  /// The text.
  public var bytes: [UInt8] {
    var bytes = Array("{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n".utf8)
    for (index, pod) in world.pods.enumerated() {
      if index > 0 { bytes += Array(",\n".utf8) }
      bytes += Array(text(of: pod).utf8)
    }
    bytes += Array(
      "\n    ],\n    \"kind\": \"List\",\n    \"metadata\": {\n        \"resourceVersion\": \"\"\n    }\n}\n"
        .utf8)
    return bytes
  }

  private func text(of pod: WorldPod) -> String {
    let workload = world.workloads[pod.workload]
    let containers = ["main", "sidecar"]
    return """
              {
                  "apiVersion": "v1",
                  "kind": "Pod",
                  "metadata": {
                      "annotations": {
                          "checksum/config": "5f2b7c1e9d8a4b3c6e0f1a2d3c4b5a69788f9e0d1c2b3a495867768594a3b2c1",
                          "prometheus.io/path": "/metrics",
                          "prometheus.io/scrape": "true"
                      },
                      "creationTimestamp": "2026-05-04T08:15:30Z",
                      "generateName": "\(workload.name)-",
                      "generation": 1,
                      "labels": {
      \(labels(pod.traits.labels))
                      },
                      "name": "\(pod.name)",
                      "namespace": "\(pod.traits.namespace)",
                      "ownerReferences": [
                          {
                              "apiVersion": "apps/v1",
                              "blockOwnerDeletion": true,
                              "controller": true,
                              "kind": "\(workload.isStateful ? "StatefulSet" : "ReplicaSet")",
                              "name": "\(workload.name)",
                              "uid": "\(uid(pod.workload, "0b5c"))"
                          }
                      ],
                      "resourceVersion": "90817263",
                      "uid": "\(uid(Int(truncatingIfNeeded: pod.address.bits), "7e1a"))"
                  },
                  "spec": {
                      "containers": [
      \(containers.map { container($0, $0 == "main" ? workload.ports : []) }.joined(separator: ",\n"))
                      ],
                      "dnsPolicy": "ClusterFirst",
                      "enableServiceLinks": true,
                      "imagePullSecrets": [
                          {
                              "name": "registry-credentials"
                          }
                      ],
                      "nodeName": "node-\(pod.node)",
                      "preemptionPolicy": "PreemptLowerPriority",
                      "priority": 0,
                      "restartPolicy": "Always",
                      "schedulerName": "default-scheduler",
                      "securityContext": {
                          "fsGroup": 2000,
                          "runAsNonRoot": true,
                          "runAsUser": 1000
                      },
                      "serviceAccount": "\(workload.name)",
                      "serviceAccountName": "\(workload.name)",
                      "terminationGracePeriodSeconds": 30,
                      "tolerations": [
      \(["not-ready", "unreachable"].map(toleration).joined(separator: ",\n"))
                      ],
                      "volumes": [
      \((0..<5).map(volume).joined(separator: ",\n"))
                      ]
                  },
                  "status": {
                      "conditions": [
      \(Self.conditions.map(condition).joined(separator: ",\n"))
                      ],
                      "containerStatuses": [
      \(containers.map(status).joined(separator: ",\n"))
                      ],
                      "hostIP": "192.168.\(pod.node / 250).\(pod.node % 250 + 1)",
                      "phase": "Running",
                      "podIP": "\(pod.address)",
                      "podIPs": [
                          {
                              "ip": "\(pod.address)"
                          }
                      ],
                      "qosClass": "Burstable",
                      "startTime": "2026-05-04T08:15:30Z"
                  }
              }
      """
  }
}
