import ClusterWorld
import Console
import Documents
import FlowStore
import Kubernetes
import Support
import Traffic

/// Reading the pods of a cluster as kubectl prints them: from a file, and as a stream into a store.
enum PodListReading: Benchmark {
  static let name = "json"
  static let summary = "reading the pods that `kubectl get pods -A -o json` prints, whole and as a stream"
  static let sizes = [10_000]
  static let tinySize = 10

  private static let (bytes, whole, stream, kept) = (
    "the bytes alone", "ClusterReading", "netpol-learn cluster", "the store"
  )

  static func words(for size: Int) -> String { size.counted("pod") }

  static func make(_ size: Int, in folder: String) throws -> String {
    let world = ClusterWorld(.init(pods: size, policies: 0))
    try FileBytes.write(PodList(of: world).bytes, to: file(folder))
    return answer(
      world.pods.map { ($0.traits.namespace, $0.name, $0.traits, [$0.address]) })
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    let counting = ChildProcess(
      program: try Reference.build("read-bytes", in: folder), arguments: [file(folder)])
    let storing = ChildProcess(
      program: Checkout.program, arguments: ["cluster", "--cluster", "-", "--db", store(folder)],
      input: file(folder))
    return [
      Side(bytes, .rough(counting)), Side(whole, .here), Side(stream, .whole(storing, checkedBy: kept)),
    ]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] {
    switch side {
    case whole: [.cpu(0.4), .memoryBeyond(30)]
    case stream: [.memory(64)]
    default: []
    }
  }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    if side == kept { return Outcome(answer: answer(try keptPods(in: folder).map(told))) }
    let text = try InputFile(at: file(folder), limit: .max).bytes
    return try Outcome(of: { try ClusterReading(text) }, answer: { answer(pods($0.objects).map(told)) })
  }

  private static func file(_ folder: String) -> String { "\(folder)/pods.json" }
  private static func store(_ folder: String) -> String { "\(folder)/store.db" }

  private static func pods(_ objects: [ClusterObject]) -> [Pod] {
    objects.compactMap { if case .pod(let pod) = $0 { pod } else { nil } }
  }

  private static func keptPods(in folder: String) throws -> [Pod] {
    let store = try Store(at: store(folder), for: .reading)
    return try store.objects().flatMap { object in
      pods(try ClusterReading(Array(object.body.utf8)).objects)
    }
  }

  private typealias Told = (namespace: String, name: String, traits: PodTraits, addresses: [Address])

  private static func told(_ pod: Pod) -> Told {
    (pod.meta.namespace, pod.meta.name, pod.traits, pod.addresses)
  }

  /// How many pods there are, and all that matters of them.
  private static func answer(_ pods: [Told]) -> String {
    var digest = Digest()
    for pod in pods.sorted(by: { ($0.namespace, $0.name) < ($1.namespace, $1.name) }) {
      digest.add("\(pod.namespace)/\(pod.name)")
      for (key, value) in pod.traits.labels.sorted(by: { $0.key < $1.key }) { digest.add("\(key)=\(value)") }
      for port in pod.traits.ports { digest.add("\(port.name ?? "")=\(port.transport)/\(port.number)") }
      for address in pod.addresses { digest.add(address.description) }
    }
    return "\(pods.count) pods, \(digest.text)"
  }
}
