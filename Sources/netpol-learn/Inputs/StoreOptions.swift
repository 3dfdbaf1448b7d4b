import Console

/// Which store a command works on.
struct StoreOptions: OptionGroup {
  var path = "netpol-learn.db"

  static let section = "common options"
  static var options: [Option<StoreOptions>] {
    [
      .value(
        "--db", value: "FILE", to: \.path, "the store", environment: "NETPOL_LEARN_DB")
    ]
  }
}
