import Documents
import Testing
import Traffic

@testable import Kubernetes

@Suite("A table of addresses in place of a cluster's objects")
struct AddressTableTests {
  private static func read(_ text: String) throws -> ClusterReading {
    try ClusterReading(Array(text.utf8))
  }

  /// Who held the address at that time of the day, as `Kind/name`.
  private static func holder(_ reading: ClusterReading, _ address: String, _ time: String) throws -> String {
    let inventory = Inventory(reading.objects)
    let moment = try #require(Instant("2026-11-20T\(time)Z"))
    func name(_ pod: Int) -> String {
      let id = inventory.workload(ofPod: pod)
      return "\(id.namespace)/\(id.kind)/\(id.name)"
    }
    return switch Roster(inventory).holder(of: try #require(Address(address)), at: moment) {
    case .pod(let pod): name(pod)
    case .either(let pods): pods.map(name).joined(separator: " or ")
    case .nobody: "nobody"
    }
  }

  private static let table = """
    address,namespace,workload,kind,from,until
    10.0.0.1,web,shop,Deployment,2026-11-20T09:00:00Z,2026-11-20T10:00:00Z
    10.0.0.1,web,promo,job,2026-11-20T10:00:30Z,
    10.0.0.2,web,shop,Deployment,,
    fd00::2,web,shop,Deployment,,
    10.0.0.3,,alone,,,
    10.0.0.4,pay,db,Cluster,,
    192.168.1.1,,node-a,Node,,
    10.96.0.1,web,shop,Service,,
    """

  @Test(
    "each row is a holder in its time",
    arguments: [
      ("10.0.0.1", "08:59:00", "nobody"), ("10.0.0.1", "09:30:00", "web/Deployment/shop"),
      ("10.0.0.1", "10:00:15", "nobody"), ("10.0.0.1", "11:00:00", "web/Job/promo"),
      ("10.0.0.2", "00:00:00", "web/Deployment/shop"), ("fd00::2", "23:00:00", "web/Deployment/shop"),
      ("10.0.0.3", "12:00:00", "default/Pod/alone"), ("10.0.0.4", "12:00:00", "pay/Cluster/db"),
      ("192.168.1.1", "12:00:00", "nobody"),
    ])
  func holders(address: String, time: String, expected: String) throws {
    let reading = try Self.read(Self.table)
    #expect(reading.problems.isEmpty)
    #expect(try Self.holder(reading, address, time) == expected)
  }

  @Test("machines and Services are what their rows say")
  func others() throws {
    let inventory = Inventory(try Self.read(Self.table).objects)
    let directory = Directory(inventory)
    #expect(directory.entry(for: try #require(Address("192.168.1.1")), port: 0) == .node(name: "node-a"))
    #expect(directory.entry(for: try #require(Address("10.96.0.1")), port: 80) == .services([0]))
    #expect(inventory.pods(of: WorkloadID(namespace: "web", kind: "Deployment", name: "shop")).count == 3)
  }

  @Test("what a row calls outside is outside at any time, but for what the cluster is known to have")
  func outside() throws {
    let text = """
      address,namespace,workload,kind,from,until
      10.1.0.5,web,shop,Deployment,2026-11-20T09:00:00Z,2026-11-20T10:00:00Z
      10.1.0.6,,node-a,Node,,
      10.1.0.7,web,shop,Service,,
      10.1.0.0/25,,subnet,external,,
      fd00::7,,db,External,,
      """
    let reading = try Self.read(text)
    #expect(reading.problems.isEmpty)
    let inventory = Inventory(reading.objects)
    #expect(inventory.outside.map(\.description) == ["10.1.0.0/25", "fd00::7/128"])
    let directory = Directory(inventory)
    func entry(_ address: String) throws -> Directory.Entry {
      directory.entry(for: try #require(Address(address)), port: 5432)
    }
    #expect(try entry("10.1.0.77") == .outside && entry("10.1.0.5") == .outside)
    #expect(try entry("10.1.0.177") == .podRange && entry("fd00::7") == .outside)
    #expect(try entry("10.1.0.6") == .node(name: "node-a") && entry("10.1.0.7") == .services([0]))
    #expect(try Self.holder(reading, "10.1.0.5", "09:30:00") == "web/Deployment/shop")
    for object in reading.objects { #expect(try ClusterObject.read(object.document) == object) }
    #expect((reading.objects + reading.objects).newest.count == 5)
  }

  @Test("a row that was kept is read back as the same row, and a table read twice tells nothing new")
  func roundTrip() throws {
    let objects = try Self.read(Self.table).objects
    #expect(objects.count == 8)
    for object in objects { #expect(try ClusterObject.read(object.document) == object) }
    #expect((objects + objects).newest.count == 8)
  }

  @Test(
    "tables as spreadsheets write them are the same tables",
    arguments: [
      table.split(separator: "\n").joined(separator: "\r\n") + "\r\n", "\u{FEFF}" + table, table + "\n\n",
      table.split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(
          separator: ", ")
      }.joined(separator: "\n"),
    ])
  func forms(text: String) throws {
    let reading = try Self.read(text)
    #expect(reading.problems.isEmpty)
    #expect(reading.objects == (try Self.read(Self.table).objects))
  }

  @Test("columns may stand in another order, and those that nobody knows may be missing")
  func columns() throws {
    let reading = try Self.read("Workload,Address\nshop,10.0.0.1\n")
    #expect(try Self.holder(reading, "10.0.0.1", "12:00:00") == "default/Pod/shop")
  }

  @Test(
    "a row that tells nothing is told with its line, and the others count",
    arguments: [
      ("10.0.0,web,a,Pod,,", "`10.0.0` is no address"),
      ("10.0.0.1,web,A b,Pod,,", "`A b` is no name of a Pod"),
      ("10.0.0.1,web,,Pod,,", "`` is no name of a Pod"),
      ("10.0.0.1,w b,a,Pod,,", "`w b` is no name of a namespace"),
      ("10.0.0.1,web,a,P/1,,", "`P/1` is no kind"),
      ("10.0.0.1,web,a,Pod,today,", "`today` is no time such as `2026-11-20T09:00:00Z`"),
      (
        "10.0.0.1,web,a,Pod,2026-11-20T09:00:00Z,2026-11-20T09:00:00Z",
        "`2026-11-20T09:00:00Z` is not after `2026-11-20T09:00:00Z`"
      ), ("10.0.0.1,web,a,Pod,,,x", "7 fields in a table of 6 columns"),
      ("\"10.0.0.1,web", "a quoted field has no end"),
      ("10.0.0.0/24,web,a,Pod,,", "`10.0.0.0/24` is no address"),
      (
        "10.0.0.1/24,,a,External,,",
        "`10.0.0.1/24` is no address and no block of addresses such as `10.0.7.0/24`"
      ), ("10.0.0.1,web,a,External,,", "`External` has no `namespace`: it is outside at any time"),
      (
        "10.0.0.1,,a,External,2026-11-20T09:00:00Z,", "`External` has no `from`: it is outside at any time"
      ), ("10.0.0.1,,A b,External,,", "`A b` is no name such as `orders-db`"),
    ])
  func flaws(row: String, words: String) throws {
    let reading = try Self.read(
      "address,namespace,workload,kind,from,until\n\(row)\n10.0.0.9,web,good,Pod,,\n")
    #expect(reading.problems.map(\.message) == [words])
    #expect(reading.problems.first?.position?.line == 2)
    #expect(reading.objects.map(\.meta.name) == ["good"])
  }

  @Test("a column that nobody knows is told, for it may be one with its name spelt wrong")
  func strangeColumn() throws {
    let reading = try Self.read("address,workload,form\n10.0.0.1,a,\n")
    #expect(reading.problems.map(\.message) == ["there is no column `form`"])
    #expect(reading.objects.isEmpty)
  }

  @Test("a table that comes byte by byte is the same table, and so is a list", arguments: [1, 7, 4096])
  func pieces(size: Int) throws {
    for text in [
      Self.table, #"{"kind": "PodList", "items": [{"metadata": {"name": "p"}}]}"#,
      "kind: Pod\nmetadata: {name: p}\n",
    ] {
      var rest = ArraySlice(Array(text.utf8))
      let reading = try ClusterReading(pieces: {
        defer { rest = rest.dropFirst(size) }
        return rest.isEmpty ? nil : Array(rest.prefix(size))
      })
      #expect(reading.objects == (try Self.read(text).objects))
      #expect(!reading.objects.isEmpty)
    }
  }
}
