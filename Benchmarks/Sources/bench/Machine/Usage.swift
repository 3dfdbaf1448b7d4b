import Glibc
import Support

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

  /// The memory that this process holds at the moment, in KiB.
  static var heldKiB: Int {
    let words = String(decoding: (try? FileBytes.read("/proc/self/statm")) ?? [], as: UTF8.self).split(
      separator: " ")
    let pages = words.dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * (sysconf(Int32(_SC_PAGESIZE)) / 1_024)
  }
}
