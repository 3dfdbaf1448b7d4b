import Glibc

/// What an open file says about the terminal behind it.
enum Device {
  /// Whether people look at it.
  static func isTerminal(_ number: Int32) -> Bool {
    isatty(number) == 1
  }

  /// How many characters a line has; nil where there is no terminal or it does not say.
  static func columns(_ number: Int32) -> Int? {
    var size = winsize()
    // In bounds: the call fills the one structure it is given.
    guard unsafe ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The value of an environment variable.
  static func variable(_ name: String) -> String? {
    // In bounds: the system ends the value with NUL, and it is copied before anything else runs.
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Lets writing to a closed pipe, or beyond the size a file may have, fail with an error that can be told.
  ///
  /// Left alone, the system ends the process where it stands.
  static func letWritesFail() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }
}
