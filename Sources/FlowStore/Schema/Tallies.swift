extension Migration {
  /// Version 3.
  ///
  /// What a row counts and its moments stand in one value (`Tables/TallyBytes.swift`): five columns less a row is five
  /// bytes less, moments of whole microseconds and minutes that are all alike are shorter too, and the digest of a row
  /// that is added to is worked out in one go. `target` is port, transport, tier and direction in 16, 2, 3 and 2 bits;
  /// `place` is part, the upper half of the interface, the difference (XOR) of the dialled port from the port, and the
  /// lower half of the interface, 16 bits each: the upper ones are mostly none and take no byte.
  ///
  /// A row of version 2 that is not what was written stays so: it gets a digest that is wrong. Values that no fact has
  /// become one that none has in the new form; a direction or a tier that version 2 did not know would mean something
  /// now, and so its row counts as not what was written.
  static let tallies = Migration(name: "counts and moments in one value", sql: facts + dns)

  private static let facts = """
    CREATE TABLE new_facts (
      hour INTEGER NOT NULL,
      recorder INTEGER NOT NULL,
      client INTEGER NOT NULL,
      server INTEGER NOT NULL,
      target INTEGER NOT NULL,
      dialled INTEGER NOT NULL,
      place INTEGER NOT NULL,
      tally BLOB NOT NULL,
      digest INTEGER NOT NULL,
      PRIMARY KEY (hour, recorder, client, server, target, dialled, place),
      CHECK (target >> 23 = 0)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO new_facts
      SELECT \(sealed("hour, recorder, client, server, target, dialled, place, tally"))
      FROM (
        SELECT hour, recorder, client, server,
          (((target >> 16) & 65535) << 7)
            | (CASE (target >> 8) & 255 WHEN 6 THEN 0 WHEN 17 THEN 1 WHEN 132 THEN 2 ELSE 3 END << 5)
            | (min((target >> 4) & 15, 7) << 2) | min(target & 15, 3) AS target,
          dialled,
          ((place >> 32) << 48) | (((place >> 16) & 65535) << 32) | (dialled_port << 16) | (place & 65535) AS place,
          tally(conversations, first, span, minutes) AS tally,
          digest = seal(
            hour, recorder, client, server, target, dialled, dialled_port, place, conversations, first, span, minutes
          ) AND target & 15 < 3 AND (target >> 4) & 15 < 7 AS is_whole
        FROM facts
      );
    DROP TABLE facts;
    ALTER TABLE new_facts RENAME TO facts;

    """

  private static let dns = """
    CREATE TABLE new_dns (
      hour INTEGER NOT NULL,
      recorder INTEGER NOT NULL,
      asker INTEGER NOT NULL,
      answerer INTEGER NOT NULL,
      name INTEGER NOT NULL,
      address INTEGER NOT NULL,
      tally BLOB NOT NULL,
      digest INTEGER NOT NULL,
      PRIMARY KEY (hour, recorder, asker, answerer, name, address)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO new_dns
      SELECT \(sealed("hour, recorder, asker, answerer, name, address, tally"))
      FROM (
        SELECT hour, recorder, asker, answerer, name, address, tally(0, first, span, minutes) AS tally,
          digest = seal(hour, recorder, asker, answerer, name, address, first, span, minutes) AS is_whole
        FROM dns
      );
    DROP TABLE dns;
    ALTER TABLE new_dns RENAME TO dns;
    """

  /// These columns and their digest, or one that is wrong.
  private static func sealed(_ columns: String) -> String {
    "\(columns), iif(is_whole, seal(\(columns)), seal(\(columns)) = 0)"
  }
}
