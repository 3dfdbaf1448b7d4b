/// One step of a YAML text.
enum YAMLEvent {
  case documentStart
  case scalar(YAMLScalar)
  case sequenceStart(anchor: String?)
  case sequenceEnd
  case mappingStart(anchor: String?)
  case mappingEnd
  case alias(String)
  case streamEnd
  /// Marks that say nothing about values: the start of the stream, the end of a document.
  case other
}
