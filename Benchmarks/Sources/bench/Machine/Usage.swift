import Glibc

/// What a process has used.
struct Usage: Hashable, Sendable {
  /// The seconds on a processor, its own and the system's for it.
  let cpu: Double
  /// The most memory that it held, in KiB.
  let peakKiB: Int

  init(_ usage: rusage) {
    cpu =
      Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
    peakKiB = usage.ru_maxrss
  }

  /// What this process has used so far, all its threads together.
  static var own: Usage {
    var usage = rusage()
    // The structure is the call's for its length.
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Usage(usage)
  }
}
