/// What rows are that come to a table.
enum Arrival {
  /// More of what happened: a row that is there already is added to.
  case more
  /// What another store holds, which may be a copy: of two rows the larger counts, so that the same one again changes
  /// nothing, and neither order nor grouping does.
  case copies
}
