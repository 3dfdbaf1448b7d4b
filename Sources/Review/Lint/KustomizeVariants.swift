/// The variants that Kustomize makes of one base, as where an overlay for trying out and one for earnest share files.
///
/// What two Kustomizations take in by way of others is theirs in common, and they are not meant to be one whole. Variants
/// of one name of several bases go together: the trial of one application is beside the trial of another. Components
/// are parts for anybody, and make no variants.
struct KustomizeVariants {
  /// The variants in the order of their names; none where no base has two.
  let all: [Variant]

  /// One of them.
  struct Variant {
    /// What is applied: the Kustomizations of this variant, and all that have nothing to do with it, as places.
    let roots: [Int]
    /// The files that are in it and that this variant or another is about.
    let files: Set<String>
  }

  init(_ kustomizations: Kustomizations) {
    let roots = kustomizations.roots
    let families = Self.families(of: roots, in: kustomizations)
    let grouped = Set(families.flatMap(\.self))
    let alone = roots.filter { !grouped.contains($0) }
    let named = families.map { family in
      Dictionary(grouping: zip(Self.names(of: family.map { kustomizations.all[$0].folder }), family), by: \.0)
        .mapValues { $0.map(\.1) }
    }
    all = Set(named.flatMap(\.keys)).sorted().map { name in
      // A base without a variant of this name may stand beside it in any of its own.
      let others = zip(named, families).flatMap { $0[name] ?? $1 }
      let files = named.flatMap { $0[name] ?? [] }.reduce(into: Set<String>()) {
        $0.formUnion(kustomizations.files(of: kustomizations.all[$1]))
      }
      return Variant(roots: (alone + others).sorted(), files: files)
    }
  }

  /// The roots that have files in common, directly or through others, where there are two at least.
  private static func families(of roots: [Int], in kustomizations: Kustomizations) -> [[Int]] {
    var families: [(roots: [Int], files: Set<String>)] = []
    for root in roots {
      var family = (roots: [root], files: kustomizations.ownFiles(of: kustomizations.all[root]))
      families.removeAll { other in
        guard !other.files.isDisjoint(with: family.files) else { return false }
        family.roots += other.roots
        family.files.formUnion(other.files)
        return true
      }
      families.append(family)
    }
    return families.map { $0.roots.sorted() }.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// What is left of the ways to these folders after what all of them have in common.
  private static func names(of folders: [String]) -> [String] {
    let paths = folders.map { FilePath($0).steps }
    let shared = paths.dropFirst().reduce(paths.first ?? []) { shared, path in
      zip(shared, path).prefix { $0 == $1 }.map(\.0)
    }
    return paths.map { $0.dropFirst(shared.count).joined(separator: "/") }
  }
}
