/// One step of a YAML text; what comes with it, its parser tells.
enum YAMLEvent {
  case documentStart
  case scalar
  case sequenceStart
  case sequenceEnd
  case mappingStart
  case mappingEnd
  case alias
  case streamEnd
  /// Marks that say nothing about values: the start of the stream, the end of a document.
  case other
}
