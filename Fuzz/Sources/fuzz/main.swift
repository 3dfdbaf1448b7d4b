import CFuzzer
import Glibc

// fuzz TARGET [libFuzzer's own arguments]: tries a target until a law is broken or the time is over.

/// What this run tries; set once, before libFuzzer takes over.
nonisolated(unsafe) var target = Target.yaml

guard let named = Target.all.first(where: { CommandLine.arguments.dropFirst().first == $0.name }) else {
  print("fuzz takes one of these first: \(Target.all.map(\.name).joined(separator: ", "))")
  _exit(2)
}
unsafe target = named

// libFuzzer wants arguments as C has them; the target's name gives up its place to the program's.
var count = CommandLine.argc - 1
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv + 1
unsafe arguments?[0] = CommandLine.unsafeArgv[0]
let code = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
  // libFuzzer gives the length of what it points to.
  let text = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  unsafe target.attempt(text)
  return 0
}
_exit(code)
