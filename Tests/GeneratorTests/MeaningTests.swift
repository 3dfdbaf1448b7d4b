import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.Service
@testable import struct Kubernetes.ServicePort

@Suite("Whom people mean by a name")
struct MeaningTests {
  private static func doors(_ meant: Meant) -> [String] { meant.doors.map { "\($0.end) \($0.port)" } }

  @Test("what is written is read as it stands first, then as other programs write it")
  func readings() {
    func all(_ text: String, _ home: String? = nil) -> [String] {
      NameReading.all(of: text, home: home).map(\.name)
    }
    #expect(all("shop/api") == ["shop/api"])
    #expect(all("API", "shop") == ["API", "shop/API", "api", "shop/api"])
    #expect(all("shop/api", "web") == ["shop/api"])
    #expect(all("a.example..") == ["a.example..", "a.example", "example/a"])
    #expect(all("db-0.db.shop.svc.cluster.local") == ["db-0.db.shop.svc.cluster.local", "shop/db-0"])
    #expect(all("StatefulSet shop/db").last == "shop/db")
    #expect(all("Node n 10.0.0.1").last == "n" && all("API server 10.0.0.1").last == "apiserver")
    #expect(all("").allSatisfy(\.isEmpty) && all(".") == [".", ""])
  }

  @Test("a Service without an address leads to its pods, by its port and by theirs")
  func headless() {
    var town = Shop.town()
    town.objects.append(
      .service(
        Service(
          meta: ObjectMeta(namespace: "payments", name: "api-pods"), selector: ["app": "api"],
          clusterAddresses: [], otherAddresses: [],
          ports: [ServicePort(name: nil, port: 80, target: .name("http"), transport: .tcp)])))
    let meaning = Meaning(town.learned())
    for name in ["payments/api-pods", "api-pods.payments.svc"] {
      for port in [UInt16(80), 8080] {
        let meant = meaning.server(name, port: port, transport: .tcp)
        #expect(Self.doors(meant) == ["payments/api 8080"], "\(name) \(port)")
      }
      #expect(meaning.server(name, port: 81, transport: .tcp).isNobody)
      #expect(meaning.server(name, port: 80, transport: .udp).isNobody)
      #expect(meaning.client(name).isNobody)
    }
  }

  @Test(
    "a Service whose pods nobody knows is meant by each of its names where it was seen to be asked",
    arguments: ["payments/redis", "service payments/redis", "redis.payments", "10.96.0.22"])
  func unknownBackends(name: String) {
    var town = Shop.town()
    town.service(
      "payments", "redis", at: "10.96.0.22", selector: ["app": "gone"], port: 6379, target: .number(6379))
    town.service(
      "payments", "quiet", at: "10.96.0.23", selector: ["app": "gone"], port: 6379, target: .number(6379))
    town.saw(Shop.api, "10.96.0.22", 6379)
    let meaning = Meaning(town.learned())
    let meant = meaning.server(name, port: 6379, transport: .tcp)
    #expect(Self.doors(meant) == ["service payments/redis 6379"])
    #expect(!meant.notes.contains { $0.contains("leads to") })
    #expect(meaning.server("payments/redis", port: 6380, transport: .tcp).isNobody)
    #expect(meaning.server("payments/quiet", port: 6379, transport: .tcp).isNobody)
    let near = meaning.near(server: "payments/quiet", port: 6379, transport: .tcp)
    #expect(
      near.objection
        == "nobody is known behind the Service `payments/quiet` on 6379/TCP: no pod of it is known")
  }

  @Test("a kind that stands before a name must be the workload's")
  func kinds() {
    let meaning = Meaning(Shop.town().learned())
    #expect(Self.doors(meaning.client("Deployment payments/api")) == ["payments/api 0"])
    #expect(meaning.client("StatefulSet payments/api").isNobody)
    #expect(meaning.client("Service payments/api").isNobody)
  }

  @Test("a name that is elsewhere, longer than a workload's, or a slip away is near")
  func near() {
    let meaning = Meaning(Shop.town().learned(), homes: ["web"])
    #expect(meaning.near(client: "frontend-6c5f4-gone").names == ["web/frontend"])
    #expect(meaning.near(client: "other/API").names == ["payments/api"])
    #expect(meaning.near(client: "fronted").names == ["web/frontend"])
    #expect(meaning.near(client: "payments/whoever").others == ["payments/api", "payments/db"])
    let service = meaning.near(client: "kube-system/kube-dns")
    #expect(service.names == ["kube-system/coredns"] && service.objection?.contains("asks nobody") == true)
    let none = meaning.near(client: "")
    #expect(none.names.isEmpty && none.others.isEmpty && none.objection == nil)
  }
}
