import Glibc
import Testing

@testable import Console

@Suite struct ReadingTests {
  private let folder = TemporaryFolder()

  private func error(_ body: () throws -> Void) -> FileError? {
    do { try body() } catch { return error as? FileError }
    return nil
  }

  @Test("a file is read whole, through a link that people named too")
  func file() throws {
    try folder.put("a.yaml", "a: 1\n")
    folder.link("link", to: "a.yaml")
    #expect(try folder.text("a.yaml") == "a: 1\n")
    #expect(try InputFiles(at: "\(folder.path)/link").files.map(\.bytes) == [Array("a: 1\n".utf8)])
    #expect(try InputFiles(at: "\(folder.path)/link").files.map(\.path) == ["\(folder.path)/link"])
  }

  @Test("a file up to the limit is read, one byte more is refused", arguments: [0, 1, 4, 300_000])
  func limit(size: Int) throws {
    try folder.put("a", String(repeating: "x", count: size))
    let path = "\(folder.path)/a"
    #expect(try InputFile(at: path, limit: size).bytes.count == size)
    try folder.put("a", String(repeating: "x", count: size + 1))
    #expect(error { _ = try InputFile(at: path, limit: size) } == .tooLarge(path, limit: size))
  }

  @Test("a file is held once, with no room beside it")
  func room() throws {
    let size = 5 << 20
    try folder.put("a", String(repeating: "x", count: size))
    let bytes = try InputFile(at: "\(folder.path)/a", limit: .max).bytes
    #expect(bytes.count == size)
    #expect(bytes.capacity < size + 65_536)
  }

  @Test("a file that tells no size is bounded while it is read")
  func endless() {
    let path = "/proc/self/maps"
    #expect(error { _ = try InputFile(at: path, limit: 100) } == .tooLarge(path, limit: 100))
  }

  @Test("a device is refused, also through a link, but for the one that is an empty file")
  func devices() throws {
    folder.link("zero", to: "/dev/zero")
    for path in ["/dev/zero", "/dev/urandom", "\(folder.path)/zero"] {
      #expect(error { _ = try InputFile(at: path, limit: 1000) } == .isDevice(path))
      #expect(error { _ = try InputFiles(at: path) } == .isDevice(path))
    }
    #expect(try InputFile(at: "/dev/null", limit: 0).bytes == [])
    #expect(FileError.isDevice("/dev/zero").complaint.exitCode == .usage)
  }

  @Test("a named pipe is read, but no further than the limit")
  func namedPipe() throws {
    folder.pipe("pipe")
    let path = "\(folder.path)/pipe"
    // Open for both, it waits for nobody at the other end.
    let writer = try Descriptor(opening: #require(RawPath(path)), O_RDWR)
    try writer.writeAll(Array("a: 1\n".utf8))
    #expect(error { _ = try InputFile(at: path, limit: 4) } == .tooLarge(path, limit: 4))
  }

  @Test("what a shell's <(command) leaves is read to its end")
  func substitution() throws {
    var ends: [Int32] = [0, 0]
    // In bounds: the call fills the two numbers it is given.
    try #require(unsafe pipe(&ends) == 0)
    defer { close(ends[0]) }
    let writer = try Descriptor(duplicating: ends[1])
    try writer.writeAll(Array("a: 1\n".utf8))
    _ = consume writer
    close(ends[1])
    #expect(try InputFiles(at: "/dev/fd/\(ends[0])").files.map(\.bytes) == [Array("a: 1\n".utf8)])
  }

  @Test("what cannot be read is named with the reason and the exit code")
  func refusals() throws {
    let missing = error { _ = try InputFile(at: "\(folder.path)/nothing", limit: 1) }
    #expect(missing == .notFound("\(folder.path)/nothing"))
    #expect(missing?.complaint.message == "no such file or folder: `\(folder.path)/nothing`")
    #expect(missing?.complaint.exitCode == .usage)
    #expect(error { _ = try InputFile(at: folder.path, limit: 1) } == .isFolder(folder.path))
    #expect(error { _ = try InputFile(at: "", limit: 1) } == .notFound(""))
    #expect(
      error { _ = try InputFile(at: "\(folder.path)\0/etc/passwd", limit: 1) }
        == .notFound("\(folder.path)\0/etc/passwd"))
    try folder.put("a", "")
    #expect(
      error { _ = try InputFile(at: "\(folder.path)/a/b", limit: 1) } == .isNoFolder("\(folder.path)/a/b"))
    folder.link("loop", to: "loop")
    #expect(
      error { _ = try InputFile(at: "\(folder.path)/loop", limit: 1) }
        == .isNoPlainFile("\(folder.path)/loop"))
  }

  @Test("a folder stands for the manifests beneath it, sorted by the bytes of their paths")
  func listing() throws {
    folder.make("a")
    folder.make("a/deep")
    folder.make("empty.yaml")
    for name in [
      "b.yml", "a.yaml", "Z.json", "a/x.yaml", "a/deep/y.yaml", "a-b.yaml", "é.yaml", "no.txt", "yaml",
      ".yaml",
    ] {
      try folder.put(name, name)
    }
    let input = try InputFiles(at: folder.path + "/")
    #expect(
      input.files.map { String($0.path.dropFirst(folder.path.count + 1)) }
        == ["Z.json", "a-b.yaml", "a.yaml", "a/deep/y.yaml", "a/x.yaml", "b.yml", "é.yaml"])
    #expect(input.files.allSatisfy { $0.path.hasSuffix(String(decoding: $0.bytes, as: UTF8.self)) })
    #expect(try InputFiles(at: folder.path).files == input.files)
    #expect(try InputFiles(at: folder.path, endingIn: [".txt"]).files.count == 1)
  }

  @Test("a file whose name is not UTF-8 is read too")
  func rawNames() throws {
    try folder.put(Array("\(folder.path)/".utf8) + [0xFF] + Array(".yaml".utf8), [1])
    #expect(try InputFiles(at: folder.path).files.map(\.bytes) == [[1]])
  }

  @Test("no link leads out of a folder, and one to a manifest or a folder is told")
  func links() throws {
    let outside = TemporaryFolder()
    try outside.put("secret.yaml", "secret")
    folder.link("file.yaml", to: "\(outside.path)/secret.yaml")
    folder.link("folder", to: outside.path)
    folder.link("dangling.yaml", to: "nowhere")
    folder.pipe("pipe.yaml")
    try folder.put("own.yaml", "own")
    let input = try InputFiles(at: folder.path)
    #expect(input.files.map(\.path) == ["\(folder.path)/own.yaml"])
    #expect(
      input.passedLinks == ["dangling.yaml", "file.yaml", "folder"].map { "\(folder.path)/\($0)" })
  }

  @Test("a mounted ConfigMap is read: its links stay within the folder, and no file is read twice")
  func configMap() throws {
    folder.make("..2026_11_20")
    try folder.put("..2026_11_20/a.yaml", "a")
    try folder.put("..2026_11_20/blob", "b")
    folder.link("..data", to: "..2026_11_20")
    folder.link("a.yaml", to: "..data/a.yaml")
    folder.link("b.yaml", to: "./..data/../..data//blob")
    folder.link("again.yaml", to: "b.yaml")
    let input = try InputFiles(at: folder.path)
    #expect(input.files.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) } == [[0x61], [0x62]])
    #expect(input.passedLinks == [])
  }

  @Test(
    "a link that leaves the folder on its way, leads nowhere or in a circle is not followed",
    arguments: [
      "../inside/a.yaml", "sub/../../inside/a.yaml", "/etc/passwd", "up/inside/a.yaml", "circle.yaml",
      "a.yaml/b", "nothing/../a.yaml", "pipe",
    ])
  func strayLinks(target: String) throws {
    folder.make("inside")
    folder.make("inside/sub")
    try folder.put("inside/a.yaml", "a")
    folder.pipe("inside/pipe")
    folder.link("inside/up", to: "..")
    folder.link("inside/circle.yaml", to: target)
    let input = try InputFiles(at: "\(folder.path)/inside")
    #expect(input.files.map(\.bytes) == [[0x61]])
    #expect(input.passedLinks.contains("\(folder.path)/inside/circle.yaml"))
  }

  @Test("a folder is looked at only so far")
  func bounds() throws {
    folder.make("a")
    folder.make("a/b")
    try folder.put("a/x.yaml", "12345")
    try folder.put("a/b/y.yaml", "12345")
    func failure(_ limits: InputFiles.Limits) -> FileError? {
      error { _ = try InputFiles(at: folder.path, limits: limits) }
    }
    #expect(failure(.init(fileBytes: 5, allBytes: 10, entries: 4, depth: 3)) == nil)
    #expect(failure(.init(entries: 3)) == .tooMany(folder.path, limit: 3))
    #expect(failure(.init(depth: 2)) == .tooDeep(folder.path, limit: 2))
    #expect(failure(.init(fileBytes: 4)) == .tooLarge("\(folder.path)/a/b/y.yaml", limit: 4))
    #expect(failure(.init(allBytes: 9)) == .tooMuch(folder.path, limit: 9))
  }

  @Test("every error says what is wrong in one line without full stop, and names the path")
  func words() {
    let all: [FileError] = [
      .notFound("p"), .isFolder("p"), .isDevice("p"), .isNoFolder("p"), .isNoPlainFile("p"),
      .tooLarge("p", limit: 5),
      .tooMuch("p", limit: 10 << 20), .tooMany("p", limit: 5), .tooDeep("p", limit: 5),
      .badName("p", folder: "f"),
      .partlyWritten("p", done: ["a"], SystemError(ENOSPC)), .isLink("p"), .inTheWay("p", ["a"]),
      .system(.write, "p", SystemError(EACCES)),
    ]
    for error in all {
      let message = error.complaint.message
      #expect(message.contains("`p`") && message.last != "." && !message.contains("\n"))
      #expect(message.first?.isUppercase == false)
      #expect(error.complaint.exitCode != .done)
    }
    #expect(
      FileError.system(.write, "p", SystemError(EACCES)).complaint.message
        == "cannot write `p`: permission denied")
    #expect(FileError.tooMuch("p", limit: 10 << 20).complaint.message.contains("10 MiB"))
  }

  @Test("every error of the system has words")
  func systemErrors() {
    #expect(Set((1...133).map { SystemError($0).description }).count > 110)
  }
}
