import Documents
import Kubernetes
import Testing

@Suite("A Service has pods of its namespace behind it, by labels")
struct ServicePickingTests {
  private func service(_ selector: String) throws -> Service {
    let text = "kind: Service\nmetadata: {name: api, namespace: shop}\nspec: {selector: \(selector)}"
    let object = try ClusterObject.read(try #require(try Document.read(Array(text.utf8)).first))
    guard case .service(let service)? = object else { throw NoService() }
    return service
  }

  private struct NoService: Error {}

  @Test(
    "all that it asks for must be there, and a Service that asks for nothing picks nobody",
    arguments: [
      ("{app: api}", "shop", ["app": "api"], true),
      ("{app: api}", "shop", ["app": "api", "tier": "web"], true),
      ("{app: api, tier: web}", "shop", ["app": "api"], false),
      ("{app: api}", "shop", ["app": "apis"], false),
      ("{app: api}", "other", ["app": "api"], false),
      ("{app: ''}", "shop", [:], false),
      ("{}", "shop", ["app": "api"], false),
    ] as [(String, String, Labels, Bool)])
  func picks(selector: String, namespace: String, labels: Labels, isPicked: Bool) throws {
    #expect(try service(selector).picks(PodTraits(namespace: namespace, labels: labels)) == isPicked)
  }
}
