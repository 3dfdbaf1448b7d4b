@testable import FlowStore
import Testing

@Suite struct ErrorTests {
  @Test(
    arguments: [
      ("SQLITE_BUSY", 5, 0, .busy(path: "a.db")),
      ("SQLITE_BUSY_SNAPSHOT", 517, 0, .busy(path: "a.db")),
      ("SQLITE_FULL", 13, 0, .full(path: "a.db")),
      ("SQLITE_IOERR_FSYNC, ENOSPC", 1034, 28, .full(path: "a.db")),
      ("SQLITE_IOERR_FSYNC, EDQUOT", 1034, 122, .full(path: "a.db")),
      ("SQLITE_IOERR_WRITE, EFBIG", 778, 27, .full(path: "a.db")),
      ("SQLITE_IOERR_FSYNC, EIO", 1034, 5, .failed(path: "a.db", code: 1034, message: "m")),
      ("SQLITE_CORRUPT", 11, 0, .damaged(path: "a.db", message: "m")),
      ("SQLITE_NOTADB", 26, 0, .damaged(path: "a.db", message: "m")),
      ("SQLITE_READONLY", 8, 0, .denied(path: "a.db")),
      ("SQLITE_CANTOPEN, EACCES", 14, 13, .denied(path: "a.db")),
      ("SQLITE_CANTOPEN, ENOENT", 14, 2, .failed(path: "a.db", code: 14, message: "m")),
      ("SQLITE_CANTOPEN_SYMLINK", 1550, 0, .symbolicLink(path: "a.db")),
    ] as [(String, Int32, Int32, StoreError)])
  func `a code of SQLite is told as what it means`(
    name: String, code: Int32, system: Int32, expected: StoreError
  ) {
    #expect(StoreError.meaning(path: "a.db", code: code, system: system, message: "m") == expected, "\(name)")
  }

  @Test(
    arguments: [
      (.missing(path: "a.db"), .usage, "no store at `a.db`"),
      (.missingFolder(path: "a.db"), .usage, "the folder of `a.db` is not there"),
      (.notAFile(path: "a.db"), .usage, "`a.db` is not a file"),
      (.symbolicLink(path: "a.db"), .refused, "`a.db` is a symbolic link"),
      (.foreign(path: "a.db"), .input, "`a.db` is not a netpol-learn store"),
      (.newer(path: "a.db"), .refused, "a newer netpol-learn wrote `a.db`"),
      (
        .outdated(path: "a.db"), .machine,
        "an older netpol-learn wrote `a.db`, and it can't be brought up to date where it is"
      ),
      (
        .unfolded(path: "a.db"), .machine,
        "a part of `a.db` is still in its log, and can't be read where it is"
      ),
      (.damaged(path: "a.db", message: "m"), .input, "`a.db` is damaged: m"),
      (.alreadyImported(path: "a.db", name: "x.pcap"), .refused, "`x.pcap` is already in `a.db`"),
      (.busy(path: "a.db"), .machine, "`a.db` is locked by another process"),
      (.full(path: "a.db"), .machine, "the disk of `a.db` is full"),
      (.denied(path: "a.db"), .machine, "no permission for `a.db`"),
      (.readingOnly(path: "a.db"), .machine, "`a.db` was opened for reading"),
      (.failed(path: "a.db", code: 10, message: "m"), .machine, "`a.db`: m (SQLite code 10)"),
    ] as [(StoreError, StoreError.Trouble, String)])
  func `an error says whose trouble it is, in words`(
    error: StoreError, trouble: StoreError.Trouble, message: String
  ) {
    #expect(error.trouble == trouble)
    #expect(error.message == message)
    #expect(error.hint?.last != ".")
  }
}
