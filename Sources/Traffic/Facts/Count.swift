extension UInt64 {
  /// The sum, or the largest number where that is too small: a count never wraps to little.
  public func saturatingPlus(_ other: UInt64) -> UInt64 {
    let sum = addingReportingOverflow(other)
    return sum.overflow ? .max : sum.partialValue
  }
}

extension Sequence<UInt64> {
  /// The sum of counts, or the largest number where that is too small.
  public var saturatingSum: UInt64 { reduce(0) { $0.saturatingPlus($1) } }
}
