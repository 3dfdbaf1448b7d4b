import Glibc
import Review

/// The clock on the wall, for those who must know what day it is.
enum Today {
  /// Today, in universal time.
  static var day: Day { Day(secondsSinceEpoch: time(nil)) }
}
