/// Lends bytes for the length of a call, as the decoders take them.
func lend(_ bytes: some Collection<UInt8>, _ body: (RawSpan) -> Void) {
  let bytes = Array(bytes)
  // Bytes have no padding that could be left unset.
  body(unsafe bytes.span.bytes)
}
