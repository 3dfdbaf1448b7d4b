import Glibc
import Testing

@testable import Console

@Suite struct WritingTests {
  private let folder = TemporaryFolder()

  private func error(_ body: () throws -> Void) -> FileError? {
    do { try body() } catch { return error as? FileError }
    return nil
  }

  @Test("several files are written, and replace what was there")
  func writing() throws {
    try folder.put("a.yaml", "old and longer")
    try OutputFolder(at: folder.path).write(["a.yaml": "new", "b.yaml": "", "c_1.X": "c"], mode: 0o640)
    #expect(folder.names() == ["a.yaml", "b.yaml", "c_1.X"])
    #expect(try folder.text("a.yaml") == "new")
    #expect(try folder.text("b.yaml") == "")
    #expect(folder.mode("b.yaml") & 0o077 == 0o040)
  }

  @Test("a folder that does not exist is made, with those above it")
  func making() throws {
    try OutputFolder(at: "\(folder.path)/x//y/z/").write(["a": "1"])
    #expect(try folder.text("x/y/z/a") == "1")
    try OutputFolder(at: "\(folder.path)/x").write(["b": "2"])
    #expect(folder.names("x") == ["b", "y"])
  }

  @Test("a folder that people named may be a link")
  func linkedFolder() throws {
    folder.make("real")
    folder.link("link", to: "real")
    try OutputFolder(at: "\(folder.path)/link").write(["a": "1"])
    #expect(folder.names("real") == ["a"])
  }

  @Test("what is no folder is refused, and what was made on the way is taken away again")
  func refusedFolders() throws {
    try folder.put("file", "")
    #expect(error { _ = try OutputFolder(at: "\(folder.path)/file") } == .isNoFolder("\(folder.path)/file"))
    #expect(
      error { _ = try OutputFolder(at: "\(folder.path)/file/x") } == .isNoFolder("\(folder.path)/file/x"))
    #expect(error { _ = try OutputFolder(at: "") } == .system(.make, "", SystemError(ENOENT)))
    let long = String(repeating: "n", count: 300)
    #expect(
      error { _ = try OutputFolder(at: "\(folder.path)/new/\(long)") }
        == .system(.make, "\(folder.path)/new/\(long)", SystemError(ENAMETOOLONG)))
    #expect(folder.names() == ["file"])
  }

  @Test(
    "a name that is not one plain component is refused, and nothing is written",
    arguments: [
      "", ".", "..", "../x", "a/b", "/etc/x", ".hidden", "a b", "a\0b", "a\nb", "é", "a\\b", "~",
      "a\u{202E}b",
      String(repeating: "n", count: 256),
    ])
  func badNames(name: String) throws {
    let path = "\(folder.path)/out"
    let failure = error { try OutputFolder(at: path).write(["a.yaml": "1", "z.yaml": "2", name: "x"]) }
    #expect(failure == .badName(name, folder: path))
    #expect(failure?.complaint.exitCode == .refused)
    #expect(folder.names().isEmpty)
  }

  @Test("a planted link is not written through", arguments: ["target", "/nowhere/at/all", "sub"])
  func plantedLink(target: String) throws {
    try folder.put("target", "precious")
    folder.make("sub")
    folder.make("out")
    folder.link("out/b.yaml", to: "../\(target)")
    let path = "\(folder.path)/out"
    #expect(
      error { try OutputFolder(at: path).write(["a.yaml": "1", "b.yaml": "2"]) }
        == .isNoPlainFile("\(path)/b.yaml"))
    #expect(try folder.text("target") == "precious")
    #expect(folder.names("out") == ["b.yaml"])
    #expect(folder.names("sub").isEmpty)
  }

  @Test("a link planted in the last moment is replaced, not followed")
  func lateLink() throws {
    try folder.put("target", "precious")
    folder.make("out")
    try OutputFolder(at: "\(folder.path)/out").write(["a.yaml": "new"], mode: 0o644) {
      folder.link("out/a.yaml", to: "../target")
    }
    #expect(try folder.text("target") == "precious")
    #expect(try folder.text("out/a.yaml") == "new")
  }

  @Test("a folder swapped for a link in the last moment changes nothing: files go where they were meant to")
  func swappedFolder() throws {
    folder.make("elsewhere")
    folder.make("out")
    try OutputFolder(at: "\(folder.path)/out").write(["a.yaml": "new"], mode: 0o644) {
      // In bounds: Swift closes both texts with NUL for the call.
      _ = unsafe rename("\(folder.path)/out", "\(folder.path)/moved")
      folder.link("out", to: "elsewhere")
    }
    #expect(folder.names("moved") == ["a.yaml"])
    #expect(folder.names("elsewhere").isEmpty)
  }

  @Test("a folder of the file's name is refused before anything is replaced")
  func folderInTheWay() throws {
    folder.make("b.yaml")
    try folder.put("a.yaml", "old")
    let path = folder.path
    #expect(
      error { try OutputFolder(at: path).write(["a.yaml": "new", "b.yaml": "2"]) }
        == .isFolder("\(path)/b.yaml"))
    #expect(try folder.text("a.yaml") == "old")
    #expect(folder.names() == ["a.yaml", "b.yaml"])
  }

  @Test("when only some files took their places this is said, and no draft is left")
  func partialFailure() throws {
    let path = folder.path
    let failure = error {
      try OutputFolder(at: path).write(["a.yaml": "1", "b.yaml": "2", "c.yaml": "3"], mode: 0o644) {
        folder.make("b.yaml")
      }
    }
    #expect(failure == .partlyWritten(path, done: ["a.yaml"], SystemError(EISDIR)))
    #expect(folder.names() == ["a.yaml", "b.yaml"])
    #expect(failure?.complaint.exitCode == .machine)
  }

  @Test("when the first file cannot take its place, nothing has changed")
  func firstFailure() throws {
    let path = "\(folder.path)/out"
    let failure = error {
      try OutputFolder(at: path).write(["a.yaml": "1", "b.yaml": "2"], mode: 0o644) {
        folder.make("out/a.yaml")
      }
    }
    #expect(failure == .isFolder("\(path)/a.yaml"))
    #expect(folder.names("out") == ["a.yaml"])
  }

  private let batch = ["": ["k.yaml": "0"], "a": ["x.yaml": "1"], "b": ["x.yaml": "2", "y.yaml": "3"]]

  private func write(
    _ folders: [String: [String: String]], _ mayReplace: (String, [UInt8]) -> Bool = { _, _ in true },
    beforeRenaming: () -> Void = {}
  ) -> FileError? {
    error {
      try OutputFolder(at: "\(folder.path)/out").write(
        folders: folders, mode: 0o644, replacing: mayReplace, beforeRenaming: beforeRenaming)
    }
  }

  @Test("files of several folders are one batch, and what is there is replaced")
  func batches() throws {
    #expect(write(batch) == nil)
    #expect(write(batch.mapValues { $0.mapValues { $0 + "new" } }) == nil)
    #expect(folder.names("out") == ["a", "b", "k.yaml"])
    #expect(folder.names("out/b") == ["x.yaml", "y.yaml"])
    #expect(try folder.text("out/a/x.yaml") == "1new")
  }

  @Test("what stands in the way of one folder keeps all from being written, and made folders go")
  func batchRefused() throws {
    folder.make("elsewhere")
    folder.make("out")
    folder.link("out/b", to: "../elsewhere")
    #expect(write(batch) == .isLink("\(folder.path)/out/b"))
    #expect(folder.names("elsewhere") == [])
    #expect(folder.names("out") == ["b"])
    try folder.put("file", "")
    #expect(
      write(["a": ["x": "1"], "../elsewhere": ["x": "2"]])
        == .badName("..", folder: "\(folder.path)/out"))
    #expect(folder.names("elsewhere") == [])
    #expect(folder.names("out") == ["b"])
  }

  @Test("what is in the way and not ours is listed, and nothing is written")
  func inTheWay() throws {
    folder.make("out")
    folder.make("out/b")
    try folder.put("out/b/y.yaml", "theirs")
    try folder.put("out/b/x.yaml", "ours")
    try folder.put("out/k.yaml", "theirs")
    let failure = write(batch) { _, bytes in bytes == Array("ours".utf8) }
    #expect(failure == .inTheWay("\(folder.path)/out", ["k.yaml", "b/y.yaml"]))
    #expect(failure?.complaint.exitCode == .refused)
    #expect(folder.names("out") == ["b", "k.yaml"])
    #expect(try folder.text("out/b/x.yaml") == "ours")
  }

  @Test("when only some of a batch took their places, those are named with their folders")
  func batchPartly() throws {
    let failure = write(batch, beforeRenaming: { folder.make("out/b/x.yaml") })
    #expect(
      failure
        == .partlyWritten("\(folder.path)/out", done: ["k.yaml", "a/x.yaml"], SystemError(EISDIR)))
    #expect(folder.names("out/b") == ["x.yaml"])
  }

  @Test("a file that would grow beyond its limit fails and does not end the process")
  func fileSizeLimit() {
    Device.letWritesFail()
    #expect(raise(SIGXFSZ) == 0)
    #expect(raise(SIGPIPE) == 0)
  }

  @Test("data that cannot be written ends the run with the machine's code")
  func fullDisk() throws {
    let full = try Descriptor(opening: #require(RawPath("/dev/full")), O_WRONLY)
    var terminal = Terminal(
      output: Outlet(descriptor: full.number), error: Outlet(inMemory: nil), environment: Environment([:]))
    let code = Demo.program.run(["paint"], on: &terminal)
    #expect(code == .machine)
    #expect(
      terminal.error.text.hasSuffix("error: cannot write to standard output: no space left on the device\n"))
  }

  @Test("a reader that has gone ends nothing and is told nothing")
  func closedPipe() throws {
    Device.letWritesFail()
    var ends: [Int32] = [0, 0]
    // In bounds: pipe fills the two numbers it is given.
    #expect(unsafe pipe(&ends) == 0)
    _ = close(ends[0])
    var terminal = Terminal(
      output: Outlet(descriptor: ends[1]), error: Outlet(inMemory: nil), environment: Environment([:]))
    terminal.write(String(repeating: "x", count: 100_000))
    #expect(terminal.output.isClosed)
    #expect(Demo.program.run(["paint", "-q"], on: &terminal) == .done)
    #expect(terminal.error.text == "")
    _ = close(ends[1])
  }

  @Test("a full pipe that does not wait is waited for")
  func slowPipe() throws {
    var ends: [Int32] = [0, 0]
    // In bounds: pipe fills the two numbers it is given.
    #expect(unsafe pipe(&ends) == 0)
    let (source, target) = (ends[0], ends[1])
    #expect(fcntl(target, F_SETFL, O_NONBLOCK) == 0)
    // A thread of its own: the writer blocks this one until somebody reads.
    var reader = pthread_t()
    // Safe: the context and the answer are numbers in the shape of pointers, and nothing is read through them.
    let started = unsafe pthread_create(
      &reader, nil,
      { context in
        let bytes = try? Descriptor(duplicating: Int32(Int(bitPattern: context))).readAll(
          limit: .max, expecting: 0)
        return unsafe UnsafeMutableRawPointer(bitPattern: bytes?.count ?? 0)
      }, UnsafeMutableRawPointer(bitPattern: Int(source)))
    try #require(started == 0)
    try Descriptor.writeAll([UInt8](repeating: 7, count: 300_000), to: target)
    _ = close(target)
    var answer: UnsafeMutableRawPointer?
    // In bounds: the thread was started above and is joined once.
    #expect(unsafe pthread_join(reader, &answer) == 0)
    #expect(Int(bitPattern: answer) == 300_000)
    _ = close(source)
  }
}
