/// Why a capture file could not be read, or not to its end.
public enum CaptureError: Error, Hashable, Sendable {
  /// Nothing has this path.
  case notFound(path: String)
  /// This user may not read it.
  case notPermitted(path: String)
  /// It is a folder.
  case isFolder(path: String)
  /// It has no bytes.
  case empty(path: String)
  /// It is something else than a capture.
  case notACapture(path: String, looks: Look)
  /// It stops making sense at an offset; the records before were read.
  case damaged(path: String, offset: UInt64, records: UInt64, what: Damage)
  /// So many files overlap it in time that the system opens no more.
  case tooManyOpen(path: String)
  /// The machine failed to read it.
  case unreadable(path: String, reason: String)

  /// What a file that is no capture looks like.
  public enum Look: Hashable, Sendable {
    /// Text.
    case text
    /// Compressed by the program of this name.
    case compressed(by: String)
    /// A capture of a form that is not read.
    case otherCapture(String)
    /// A capture that ends within its own header.
    case headless
    /// Nothing that so few bytes can tell.
    case short(bytes: Int)
    /// Nothing known.
    case unknown
  }

  /// What is wrong with a damaged file.
  public enum Damage: Hashable, Sendable {
    /// A record says that it is this long, which none can be.
    case length(UInt32)
    /// A record holds more of a packet than there was of it.
    case surplus(captured: UInt32, wire: UInt32)
    /// A record holds a packet of no bytes.
    case nothing
    /// A record's time has more parts of a second than a second has.
    case fraction(UInt32)
    /// A block's two lengths differ.
    case unequalLengths
    /// A record names an interface that the file never described.
    case undescribedInterface(UInt32)
    /// The file describes more interfaces than anybody records.
    case tooManyInterfaces
    /// The byte order mark of a section is none.
    case byteOrder
    /// A section is of a version that nobody knows.
    case version(UInt16, UInt16)
  }
}

extension CaptureError: CustomStringConvertible {
  /// What went wrong, in words for people.
  public var description: String {
    switch self {
    case .notFound(let path): "`\(path)` is not there"
    case .notPermitted(let path): "no permission to read `\(path)`"
    case .isFolder(let path): "`\(path)` is a folder, not a capture"
    case .empty(let path): "`\(path)` is empty"
    case .notACapture(let path, let looks): "`\(path)` is not a capture\(looks.remark)"
    case .damaged(let path, let offset, let records, let what):
      "`\(path)` is damaged at byte \(offset), after \(records) \(records == 1 ? "packet" : "packets"): \(what)"
    case .tooManyOpen(let path): "`\(path)` can't be opened beside all that overlap it in time"
    case .unreadable(let path, let reason): "`\(path)` could not be read: \(reason)"
    }
  }

  /// The next step, where it is known.
  public var hint: String? {
    switch self {
    case .notFound, .unreadable: nil
    case .notPermitted(let path): "captures often belong to root: `sudo chown $USER \(path)`"
    case .isFolder(let path): "name each file: `-r \(path.hasSuffix("/") ? path : path + "/")FILE`"
    case .empty: "a capture without packets still has a header; was the recording ended before it began?"
    case .notACapture("-", .compressed(let program)):
      "put `\(program) -dc` before it: `… | \(program) -dc | …`"
    case .notACapture(let path, .compressed(let program)):
      "`\(program) -dc \(path) | netpol-learn learn -r -`"
    case .notACapture(_, .otherCapture): "`editcap` turns other forms into pcapng"
    case .notACapture: "pcap and pcapng are read, as tcpdump, dumpcap and Wireshark write them"
    case .tooManyOpen: "let more be open, as `ulimit -n 4096` does, or merge them before with `mergecap`"
    case .damaged: "the packets before the damage were read"
    }
  }
}

extension CaptureError {
  /// Whether the file is there and may be read, and what it holds is the trouble.
  var isAboutContent: Bool {
    switch self {
    case .empty, .notACapture, .damaged: true
    case .notFound, .notPermitted, .isFolder, .tooManyOpen, .unreadable: false
    }
  }
}

extension CaptureError.Look {
  fileprivate var remark: String {
    switch self {
    case .text: ": it looks like text"
    case .compressed(let program): ": it is compressed by \(program)"
    case .otherCapture(let form): ": \(form) is another form"
    case .headless: ": it ends within its header"
    case .short(let count): ": it has no more than \(count) \(count == 1 ? "byte" : "bytes")"
    case .unknown: ""
    }
  }
}

extension CaptureError.Damage: CustomStringConvertible {
  /// What is wrong, in words for people.
  public var description: String {
    switch self {
    case .length(let length): "a record of \(length) bytes"
    case .surplus(let captured, let wire): "\(captured) bytes of a packet of \(wire)"
    case .nothing: "a packet of no bytes"
    case .fraction(let parts): "a time with \(parts) parts of a second"
    case .unequalLengths: "a block with two different lengths"
    case .undescribedInterface(let number): "a packet of interface \(number), which was never described"
    case .tooManyInterfaces: "more interfaces than anybody records"
    case .byteOrder: "a section without a byte order"
    case .version(let major, let minor): "a section of version \(major).\(minor)"
    }
  }
}
