import Kubernetes

/// The parts of a pod that come several times.
extension PodList {
  static let conditions = [
    "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled",
  ]

  func uid(_ number: Int, _ kind: String) -> String {
    let digits = String(UInt64(truncatingIfNeeded: number) % 0x1_0000_0000_0000, radix: 16)
    return "6f0c2b1e-\(kind)-4d5e-9f70-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  func labels(_ labels: Labels) -> String {
    labels.sorted { $0.key < $1.key }
      .map { "                    \"\($0.key)\": \"\($0.value)\"" }.joined(separator: ",\n")
  }

  func container(_ name: String, _ ports: [ContainerPort]) -> String {
    """
                        {
                            "args": [
                                "--config=/etc/\(name)/config.yaml",
                                "--log-format=json"
                            ],
                            "env": [
    \((0..<15).map(variable).joined(separator: ",\n"))
                            ],
                            "image": "registry.example.com/platform/\(name)@sha256:\(Self.digest)",
                            "imagePullPolicy": "IfNotPresent",
                            "livenessProbe": {
    \(probe)
                            },
                            "name": "\(name)",
                            "ports": [
    \(ports.map(port).joined(separator: ",\n"))
                            ],
                            "readinessProbe": {
    \(probe)
                            },
                            "resources": {
                                "limits": {
                                    "memory": "512Mi"
                                },
                                "requests": {
                                    "cpu": "100m",
                                    "memory": "256Mi"
                                }
                            },
                            "securityContext": {
                                "allowPrivilegeEscalation": false,
                                "capabilities": {
                                    "drop": [
                                        "ALL"
                                    ]
                                },
                                "readOnlyRootFilesystem": true
                            },
                            "terminationMessagePath": "/dev/termination-log",
                            "terminationMessagePolicy": "File",
                            "volumeMounts": [
    \((0..<3).map(mount).joined(separator: ",\n"))
                            ]
                        }
    """
  }

  private static let digest = "9c2f4b6e8d0a1c3e5f7091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6"

  private var probe: String {
    """
                                "failureThreshold": 3,
                                "httpGet": {
                                    "path": "/healthz",
                                    "port": 9090,
                                    "scheme": "HTTP"
                                },
                                "periodSeconds": 10,
                                "successThreshold": 1,
                                "timeoutSeconds": 1
    """
  }

  private func variable(_ index: Int) -> String {
    """
                                {
                                    "name": "SETTING_NUMBER_\(index)_OF_THE_APPLICATION",
                                    "value": "value-of-setting-\(index)"
                                }
    """
  }

  private func port(_ port: ContainerPort) -> String {
    """
                                {
                                    "containerPort": \(port.number),
                                    "name": "\(port.name ?? "\(port.number)")",
                                    "protocol": "\(port.transport)"
                                }
    """
  }

  private func mount(_ index: Int) -> String {
    """
                                {
                                    "mountPath": "/var/lib/application/volume-\(index)",
                                    "name": "volume-\(index)",
                                    "readOnly": true
                                }
    """
  }

  func volume(_ index: Int) -> String {
    """
                        {
                            "configMap": {
                                "defaultMode": 420,
                                "name": "application-volume-\(index)"
                            },
                            "name": "volume-\(index)"
                        }
    """
  }

  func toleration(_ effect: String) -> String {
    """
                        {
                            "effect": "NoExecute",
                            "key": "node.kubernetes.io/\(effect)",
                            "operator": "Exists",
                            "tolerationSeconds": 300
                        }
    """
  }

  func condition(_ type: String) -> String {
    """
                        {
                            "lastProbeTime": null,
                            "lastTransitionTime": "2026-05-04T08:15:32Z",
                            "observedGeneration": 1,
                            "status": "True",
                            "type": "\(type)"
                        }
    """
  }

  func status(_ container: String) -> String {
    """
                        {
                            "containerID": "containerd://\(Self.digest)",
                            "image": "registry.example.com/platform/\(container)",
                            "imageID": "registry.example.com/platform/\(container)@sha256:\(Self.digest)",
                            "lastState": {},
                            "name": "\(container)",
                            "ready": true,
                            "restartCount": 0,
                            "started": true,
                            "state": {
                                "running": {
                                    "startedAt": "2026-05-04T08:15:36Z"
                                }
                            }
                        }
    """
  }
}
