import Glibc

/// What the operating system answered when a call failed.
public struct SystemError: Error, Hashable, Sendable {
  /// The number of the error, as in errno(3).
  public let code: Int32

  /// The error with this number.
  public init(_ code: Int32) {
    self.code = code
  }
}

// What it can tell.
extension SystemError: CustomStringConvertible {
  /// The error in words.
  public var description: String {
    switch code {
    case EACCES, EPERM: "permission denied"
    case EBADF: "it is closed"
    case EBUSY: "it is in use"
    case EDQUOT: "the disk quota is used up"
    case EEXIST: "it exists already"
    case EFBIG: "the file would be too large"
    case EIO: "the device failed"
    case EINVAL: "the system does not accept it"
    case EISDIR: "it is a folder"
    case ELOOP: "it is a symbolic link"
    case EMFILE, ENFILE: "too many files are open"
    case ENAMETOOLONG: "the name is too long"
    case ENOENT: "no such file or folder"
    case ENOSPC: "no space left on the device"
    case ENOTDIR: "it is not a folder"
    case ENOTEMPTY: "the folder is not empty"
    case EPIPE: "nobody reads it any more"
    case EROFS: "the file system is read-only"
    default: "system error \(code)"
    }
  }
}

// How it works.
extension SystemError {
  /// The result of a system call, asked again when a signal interrupted it.
  static func check<Answer: SignedInteger>(_ call: () -> Answer) throws(SystemError) -> Answer {
    while true {
      let answer = call()
      if answer >= 0 { return answer }
      let code = errno
      if code != EINTR { throw SystemError(code) }
    }
  }
}
