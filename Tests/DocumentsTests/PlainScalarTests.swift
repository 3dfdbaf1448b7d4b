import Documents
import Testing

/// What kubectl 1.37 makes of plain scalars (`kubectl annotate --local -f FILE x=1 -o json`).
struct PlainScalarTests {
  @Test(
    "words of YAML 1.1 are truth values and null",
    arguments: [
      "y": "true", "Y": "true", "yes": "true", "YES": "true", "on": "true", "On": "true", "True": "true",
      "n": "false", "N": "false", "no": "false", "NO": "false", "off": "false", "FALSE": "false", "~": "null",
      "null": "null", "NULL": "null", "": "null", "yEs": #""yEs""#, "oN": #""oN""#, "nULL": #""nULL""#,
    ])
  func words(spelling: String, json: String) throws {
    #expect(try Self.read(spelling) == json)
  }

  @Test(
    "numbers are Go's",
    arguments: [
      "012": "10", "-012": "-10", "+012": "10", "08": "8", "0128": "128", "0x1F": "31", "0X1f": "31",
      "0x": #""0x""#,
      "0b11": "3", "-0b11": "-3", "0b2": #""0b2""#, "0o17": "15", "0o8": #""0o8""#, "1_000": "1000",
      "1_": "1",
      "_1": #""_1""#, "+1": "1", "+": #""+""#, "-0": "0", "-0.0": "0", "1e3": "1000", "1E3": "1000",
      "1e-3": "0.001",
      "1.10": "1.1", "1.0": "1", ".5": "0.5", "5.": "5", "+.5": "0.5", ".5e3": "500", ".5_": #"".5_""#,
      ".": #"".""#,
      "100000000000000000000": "100000000000000000000", "1e21": "1e+21", "1e-7": "1e-7", "1e-6": "0.000001",
      "9223372036854775807": "9223372036854775807", "-9223372036854775809": "-9223372036854776000",
      "1e400": #""1e400""#,
      "1e-400": "0", "0x1p3": #""0x1p3""#, "00": "0", "-_1": "-1", "1.e5": "100000",
      "02000000000000000000000": "2e+21",
    ])
  func numbers(spelling: String, json: String) throws {
    #expect(try Self.read(spelling) == json)
  }

  @Test(
    "times and versions stay text",
    arguments: ["1:30", "12:30:45", "2020-01-01", "1.2.3", "10.0.0.0/8", "<<", "="])
  func text(spelling: String) throws {
    #expect(try Self.read(spelling) == "\"\(spelling)\"")
  }

  @Test("what JSON cannot say is refused", arguments: [".inf", "-.Inf", "+.INF", ".nan", ".NaN"])
  func notFinite(spelling: String) {
    #expect(complaint { _ = try Self.read(spelling) }?.reason == .notFinite(spelling))
  }

  @Test("quotes and tags decide before the spelling does")
  func tags() throws {
    let text = """
      - !!str 80
      - ! 80
      - ! "81"
      - !foo yes
      - "no"
      - !!int '80'
      - !!bool yes
      - !!float 1e3
      - !!binary aGk=
      - !!null ''
      - |
        80

      """
    let json = #"["80","80","81","yes","no",80,true,1000,"hi",null,"80\n"]"#
    #expect(try yaml(text).map { JSON.write($0) } == json)
  }

  @Test(
    "a tag that does not fit is refused",
    arguments: ["!!int x", "!!int 1.5", "!!null x", "!!timestamp x", "!!binary ü"])
  func mistagged(text: String) {
    guard case .mistagged = complaint({ _ = try yaml("a: \(text)") })?.reason else {
      Issue.record("`\(text)` was read")
      return
    }
  }

  @Test("a spelling is remembered where JSON has another")
  func spelling() throws {
    let node = try #require(try yaml("[012, yes, ~, !!null '', 10, true, null, text, 1.5]"))
    #expect(node.sequence?.map(\.spelling) == ["012", "yes", "~", "", nil, nil, nil, nil, nil])
  }

  private static func read(_ spelling: String) throws -> String? {
    try yaml("v: \(spelling)\n")?["v"].map { JSON.write($0) }
  }
}
