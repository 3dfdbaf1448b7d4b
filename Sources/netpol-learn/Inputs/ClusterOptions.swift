import Console

/// The cluster's objects, for a command that opens no store.
struct ClusterOptions: OptionGroup {
  var sources: [String] = []

  static let section = "common options"
  static var options: [Option<ClusterOptions>] {
    [
      .values(
        "--cluster", value: "SOURCE", to: \.sources, "cluster objects for this run only",
        detail: """
          A JSON or YAML file as `kubectl get … -o json` prints it, the events of a watch, a table of addresses in \
          CSV, a folder of such files, or `-` for standard input. May be given several times.
          """)
    ]
  }
}
