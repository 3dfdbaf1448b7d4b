public import Traffic

extension Party {
  /// The families in which this end could reach the other, the one that is taken by default first.
  ///
  /// Where addresses of both are known these are the ones in common, and the destination's preferred one is first,
  /// because that is what names and Services lead to. Where one end has no known address, the other's count.
  public func families(to destination: Party) -> [Family] {
    let (mine, theirs) = (addresses, destination.addresses)
    if theirs.isEmpty { return mine.all.map(\.family) }
    return theirs.all.map(\.family).filter { mine.isEmpty || mine[$0] != nil }
  }

  /// The first of these families, found without a list; nil where the ends have none in common.
  func family(to destination: Party) -> Family? {
    let (mine, theirs) = (addresses, destination.addresses)
    guard let preferred = theirs.primary?.family else { return mine.primary?.family }
    if mine.isEmpty || mine[preferred] != nil { return preferred }
    return theirs.secondary.flatMap { mine[$0.family] }?.family
  }

  /// Whether addresses of both ends are known, and none of one of them is of the other's family.
  func isCutOff(from destination: Party) -> Bool {
    !addresses.isEmpty && !destination.addresses.isEmpty && family(to: destination) == nil
  }
}
