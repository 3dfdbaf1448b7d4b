/// The objects by which a small cluster's API server is known, as manifests: its Service and the endpoint behind it.
public enum APIServerManifests {
  /// `10.96.0.1` on 443, which leads to `10.0.0.1` on 6443; two documents, each with its last line ended.
  public static let yaml = """
    kind: Service
    metadata: {name: kubernetes, namespace: default}
    spec: {clusterIP: 10.96.0.1, ports: [{port: 443, targetPort: 6443}]}
    ---
    kind: EndpointSlice
    metadata: {name: kubernetes, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}
    endpoints: [{addresses: [10.0.0.1]}]
    ports: [{port: 6443}]

    """
}
