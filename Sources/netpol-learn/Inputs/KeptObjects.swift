import Console
import Documents
import FlowStore
import Kubernetes
import Traffic

/// The cluster objects of a store, and what of them could not be read.
struct KeptObjects {
  private(set) var objects: [ClusterObject] = []
  /// The lists that show what of them is gone.
  private(set) var lists: [WholeList] = []
  /// The objects that were left out, in words.
  private(set) var damaged: [String] = []
  /// How many rows of objects were no objects at all.
  private(set) var refusedRows = 0

  /// The objects of a store, before anything else is read from it.
  init(in store: borrowing Store) throws(StoreError) {
    self.init()
    let before = store.refusedRows
    try store.walkObjects { stored in
      guard let object = stored.object else {
        damaged.append("\(stored.kind) \(stored.namespace)/\(stored.name)")
        return
      }
      // Its rows stand beside each other.
      if let last = objects.last, last.isSame(as: object) {
        objects[objects.count - 1] = last.united(with: object)
      } else {
        objects.append(object)
      }
    }
    for stored in try store.lists() {
      if let list = stored.list {
        lists.append(list)
      } else {
        damaged.append("the list of \(stored.moment)")
      }
    }
    refusedRows = store.refusedRows - before
  }

  /// The objects of the store at a path; none where there is no store yet.
  init(at path: String) throws(StoreError) {
    guard let store = try Store.existing(at: path) else {
      self.init()
      return
    }
    try self.init(in: store)
  }

  private init() {}

  /// Says what could not be read, and what that means for the end of the run.
  func tell(of path: String, on terminal: inout Terminal) -> ExitCode {
    for object in damaged { terminal.warn("`\(object)` in `\(path)` is damaged and was left out") }
    return damaged.isEmpty && refusedRows == 0 ? .done : .input
  }
}

extension Store {
  /// The store at a path, for reading; nil where there is none yet.
  static func existing(at path: String) throws(StoreError) -> Store? {
    do {
      return try Store(at: path, for: .reading)
    } catch .missing {
      return nil
    }
  }
}

extension ClusterObject {
  /// The object as a store keeps it: the fields that are needed and no others, of a pod once for each of its addresses,
  /// and of a Service for each of its meanings.
  var stored: [StoredObject] {
    switch self {
    case .pod(let pod):
      pod.looks.map { look, pod in
        let held = pod.held
        return ClusterObject.pod(pod).row(
          look, from: held.from, until: held.until == .distantFuture ? nil : held.until)
      }
    case .service(let service):
      service.looks.map { look, service in
        // Where no list that has a moment told it so, any that does is the first.
        let from = look.isEmpty ? meta.created : service.toldSince ?? .distantFuture
        return ClusterObject.service(service).row(look, from: from, until: meta.deleted)
      }
    default: [row(from: meta.created, until: meta.deleted)]
    }
  }

  private func row(_ look: String = "", from: Instant?, until: Instant?) -> StoredObject {
    let meta = meta
    return StoredObject(
      kind: kind, namespace: meta.namespace, name: meta.name, uid: meta.uid, look: look,
      version: meta.version,
      from: from ?? .distantPast, until: until, told: meta.told, body: JSON.write(document, indented: false))
  }
}

extension WholeList {
  /// The list as a store keeps it.
  var stored: StoredList { StoredList(moment: moment, body: JSON.write(document, indented: false)) }
}

extension StoredList {
  /// The list that was kept; nil where the store holds something else.
  var list: WholeList? {
    (try? JSON.read(Array(body.utf8))).flatMap { WholeList($0, at: moment) }
  }
}

extension StoredObject {
  /// The object that was kept; nil where the store holds something else.
  var object: ClusterObject? {
    guard let node = try? JSON.read(Array(body.utf8)) else { return nil }
    let since = look.isEmpty || from == .distantFuture ? nil : from
    return (try? ClusterObject.read(node))?.told(at: told, since: since)
  }
}
