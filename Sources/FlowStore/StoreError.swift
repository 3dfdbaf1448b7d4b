/// Why a store could not be opened, read or written.
public enum StoreError: Error, Hashable, Sendable {
  /// Nothing stands at the path.
  case missing(path: String)
  /// The folder of the path is not there.
  case missingFolder(path: String)
  /// The path is a folder, a device, a pipe, or no path at all.
  case notAFile(path: String)
  /// The path is a symbolic link, which could lead anywhere.
  case symbolicLink(path: String)
  /// Another program's file.
  case foreign(path: String)
  /// A newer version's store.
  case newer(path: String)
  /// An older version's store where nobody may write, and so nobody can bring it up to date.
  case outdated(path: String)
  /// A store whose log is not in the file yet, where nobody may write.
  case unfolded(path: String)
  /// A store that is no longer what was written.
  case damaged(path: String, message: String)
  /// The capture file was imported before; nothing of the batch was kept.
  case alreadyImported(path: String, name: String)
  /// Another process held it for too long.
  case busy(path: String)
  /// No room is left.
  case full(path: String)
  /// The system does not let us.
  case denied(path: String)
  /// A write to a store that was opened for reading.
  case readingOnly(path: String)
  /// Anything else that SQLite or the system answered, with its extended result code.
  case failed(path: String, code: Int32, message: String)
}

extension StoreError {
  /// Whose trouble it is; the command line has one exit code for each.
  public enum Trouble: Hashable, Sendable {
    /// The path is not what the user meant.
    case usage
    /// The file could not be read, or only in part.
    case input
    /// It could be done and would do harm.
    case refused
    /// The machine said no.
    case machine
  }

  /// Whose trouble it is.
  public var trouble: Trouble {
    switch self {
    case .missing, .missingFolder, .notAFile: .usage
    case .foreign, .damaged: .input
    case .symbolicLink, .newer, .alreadyImported: .refused
    case .outdated, .unfolded, .busy, .full, .denied, .readingOnly, .failed: .machine
    }
  }

  /// What went wrong, in words.
  public var message: String {
    switch self {
    case .missing(let path): "no store at `\(path)`"
    case .missingFolder(let path): "the folder of `\(path)` is not there"
    case .notAFile(let path): "`\(path)` is not a file"
    case .symbolicLink(let path): "`\(path)` is a symbolic link"
    case .foreign(let path): "`\(path)` is not a netpol-learn store"
    case .newer(let path): "a newer netpol-learn wrote `\(path)`"
    case .outdated(let path):
      "an older netpol-learn wrote `\(path)`, and it can't be brought up to date where it is"
    case .unfolded(let path): "a part of `\(path)` is still in its log, and can't be read where it is"
    case .damaged(let path, let message): "`\(path)` is damaged: \(message)"
    case .alreadyImported(let path, let name): "`\(name)` is already in `\(path)`"
    case .busy(let path): "`\(path)` is locked by another process"
    case .full(let path): "the disk of `\(path)` is full"
    case .denied(let path): "no permission for `\(path)`"
    case .readingOnly(let path): "`\(path)` was opened for reading"
    case .failed(let path, let code, let message): "`\(path)`: \(message) (SQLite code \(code))"
    }
  }

  /// The store it is about, as it was named.
  public var path: String {
    switch self {
    case .missing(let path), .missingFolder(let path), .notAFile(let path), .symbolicLink(let path),
      .foreign(let path), .newer(let path), .outdated(let path), .unfolded(let path), .damaged(let path, _),
      .alreadyImported(let path, _), .busy(let path), .full(let path), .denied(let path),
      .readingOnly(let path),
      .failed(let path, _, _):
      path
    }
  }

  /// What to do next, when that is known and the store is what `--db` names.
  public var hint: String? { hint(naming: "--db FILE") }

  /// What to do next, when that is known; the option is the one that names the store, if one does.
  public func hint(naming option: String?) -> String? {
    let made = "`netpol-learn learn` and `netpol-learn cluster` make one"
    switch self {
    case .missing: return option.map { "\(made); `\($0)` names another" } ?? made
    case .missingFolder, .notAFile, .foreign: return option.map { "`\($0)` names another" } ?? made
    case .symbolicLink: return "name the file itself" + (option.map { " with `\($0)`" } ?? "")
    case .newer:
      let other = option.map { ", or another store with `\($0)`" } ?? ""
      return "use that version\(other); this one was left as it is"
    case .outdated: return "copy it to a folder that you may write to"
    case .unfolded: return "copy it, with its `-wal`, to a folder that you may write to"
    case .damaged: return "copy the file and its `-wal` away before anything else writes to it"
    case .busy: return "wait for the other netpol-learn, or end it"
    case .full: return "make room and run it again; what was recorded before is safe"
    case .denied:
      return "the file, its `-wal`, `-shm` and their folder belong to who recorded; run it as that user"
    case .alreadyImported, .readingOnly, .failed: return nil
    }
  }
}
