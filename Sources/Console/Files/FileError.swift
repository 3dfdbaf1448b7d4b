import Glibc

/// Why a file could not be read or written.
public enum FileError: Error, Hashable, Sendable {
  /// Nothing has this path.
  case notFound(String)
  /// The path names a folder where a file is needed.
  case isFolder(String)
  /// The path names a device where a file is needed.
  case isDevice(String)
  /// The path names something else where a folder is needed.
  case isNoFolder(String)
  /// The path names a symbolic link or a device where only a plain file will do.
  case isNoPlainFile(String)
  /// A folder to be written into is a symbolic link.
  case isLink(String)
  /// The file has more bytes than are read.
  case tooLarge(String, limit: Int)
  /// All files together have more bytes than are read.
  case tooMuch(String, limit: Int)
  /// The folder holds more than is looked at.
  case tooMany(String, limit: Int)
  /// Folders stand in folders deeper than is looked at.
  case tooDeep(String, limit: Int)
  /// A file was to be written under a name that is not one plain word.
  case badName(String, folder: String)
  /// Of several files that belong together only some took their places.
  case partlyWritten(String, done: [String], SystemError)
  /// Files of somebody else would be replaced in a folder.
  case inTheWay(String, [String])
  /// The system refused to do something with a path.
  case system(Deed, String, SystemError)

  /// What was to be done.
  public enum Deed: String, Hashable, Sendable {
    /// Read.
    case read
    /// Write.
    case write
    /// Make a folder.
    case make
  }

  /// The error for what the system said about a path.
  init(_ deed: Deed, _ path: String, _ error: SystemError) {
    self =
      switch error.code {
      case ENOENT where deed == .read: .notFound(path)
      case EISDIR: .isFolder(path)
      case ENOTDIR: .isNoFolder(path)
      case ELOOP: .isNoPlainFile(path)
      default: .system(deed, path, error)
      }
  }

  /// Does something with a path; what the system says against it becomes an error that names the path.
  static func naming<Answer: ~Copyable>(
    _ deed: Deed, _ path: String, _ body: () throws(SystemError) -> Answer
  ) throws(FileError) -> Answer {
    do { return try body() } catch { throw FileError(deed, path, error) }
  }
}

extension FileError: Complaining {
  /// The error in words.
  public var complaint: Complaint {
    switch self {
    case .notFound(let path):
      Complaint("no such file or folder: `\(path)`", exitCode: .usage)
    case .isFolder(let path):
      Complaint("`\(path)` is a folder, not a file", exitCode: .usage)
    case .isDevice(let path):
      Complaint(
        "`\(path)` is a device, not a file",
        hint: "what a device says is read through standard input: `- < \(path)`",
        exitCode: .usage)
    case .isNoFolder(let path):
      Complaint("`\(path)` is no folder", exitCode: .usage)
    case .isNoPlainFile(let path):
      Complaint("`\(path)` is a link or a device, not a plain file", exitCode: .refused)
    case .isLink(let path):
      Complaint("`\(path)` is a link, and nothing is written through it", exitCode: .refused)
    case .tooLarge(let path, let limit):
      Complaint(
        "`\(path)` is larger than \(Self.size(limit))", hint: "no more than that is read of one file",
        exitCode: .input)
    case .tooMuch(let path, let limit):
      Complaint(
        "the files in `\(path)` are larger than \(Self.size(limit)) together",
        hint: "name the folder that holds the manifests alone", exitCode: .input)
    case .tooMany(let path, let limit):
      Complaint(
        "`\(path)` holds more than \(limit.grouped) files and folders",
        hint: "name the folder that holds the manifests alone", exitCode: .input)
    case .tooDeep(let path, let limit):
      Complaint(
        "`\(path)` is more than \(limit.grouped) folders deep",
        hint: "name the folder that holds the manifests alone", exitCode: .input)
    case .badName(let name, let folder):
      Complaint(
        "`\(name)` cannot be the name of a file in `\(folder)`",
        hint: "names have letters, digits, `.`, `-` and `_`, and begin with no `.`", exitCode: .refused)
    case .partlyWritten(let path, let done, let error):
      Complaint(
        "only \(done.count.counted("file")) in `\(path)` could be replaced: \(error)", detail: done,
        hint: "the same command writes all of them again", exitCode: .machine)
    case .inTheWay(let path, let files):
      Complaint(
        "\(files.count.counted("file")) in `\(path)` would be replaced, and \(files.count == 1 ? "was" : "were") written by somebody else",
        detail: files, hint: "name another folder, or move \(files.count == 1 ? "it" : "them") away",
        exitCode: .refused)
    case .system(let deed, let path, let error):
      Complaint("cannot \(deed.rawValue) `\(path)`: \(error)", exitCode: .machine)
    }
  }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 && bytes.isMultiple(of: 1 << 20)
      ? "\((bytes >> 20).grouped) MiB" : "\(bytes.grouped) bytes"
  }
}
