internal import Traffic

/// The words of a store that its facts name.
struct Glossaries {
  let recorders: Glossary<String>
  let addresses: Glossary<Address>
  let names: Glossary<String>

  init(in connection: borrowing Connection, noting refusals: inout Refusals) throws(StoreError) {
    recorders = try Glossary(of: "recorders", in: connection, noting: &refusals)
    addresses = try Glossary(of: "addresses", in: connection, noting: &refusals)
    names = try Glossary(of: "names", in: connection, noting: &refusals)
  }
}
