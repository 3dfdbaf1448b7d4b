extension Migration {
  /// Version 2.
  ///
  /// Every row ends with 24 bits that sum up the others (`seal`, `SQLite/Digest.swift`): what changed since it was
  /// written is refused and not believed. A page has no sum of its own in SQLite, and a flipped bit in one is noticed
  /// only where it breaks the tree. One changed row of sixteen million gets through; a wider sum would make the file
  /// larger than fifty bytes an edge and hour.
  ///
  /// For the same reason facts have fewer columns: `target` is port, transport, tier and direction (16, 8, 4 and 4
  /// bits), `place` part and interface (16 and 32 bits), `dialled_port` is the difference (XOR) from the port, and
  /// `minutes` are those in which neither the first moment lies nor the last.
  ///
  /// A row of version 1 is sealed as it stands, because nobody can tell any more whether it changed; one that breaks
  /// the rules of the tables is left behind.
  static let digests = Migration(name: "a digest in every row", sql: rebuilt + sealed)

  private static let rebuilt = """
    CREATE TABLE new_facts (
      hour INTEGER NOT NULL,
      recorder INTEGER NOT NULL,
      client INTEGER NOT NULL,
      server INTEGER NOT NULL,
      target INTEGER NOT NULL,
      dialled INTEGER NOT NULL,
      dialled_port INTEGER NOT NULL,
      place INTEGER NOT NULL,
      conversations INTEGER NOT NULL,
      first INTEGER NOT NULL,
      span INTEGER NOT NULL,
      minutes INTEGER NOT NULL,
      digest INTEGER NOT NULL,
      PRIMARY KEY (hour, recorder, client, server, target, dialled, dialled_port, place),
      CHECK ((target >> 32) | (place >> 48) | (dialled_port >> 16) = 0),
      CHECK (conversations > 0 AND first >= 0 AND span >= 0 AND first + span < 3600000000000),
      CHECK (minutes >> 60 = 0)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO new_facts
      SELECT hour, recorder, client, server, (port << 16) | (transport << 8) | (tier << 4) | direction, dialled,
        iif(dialled = 0, 0, (dialled_port | port) - (dialled_port & port)), (part << 32) | interface, conversations,
        first, span, minutes & ~(1 << (first / 60000000000)) & ~(1 << ((first + span) / 60000000000)), 0
      FROM facts WHERE (tier >> 4) | (direction >> 4) = 0;
    DROP TABLE facts;
    ALTER TABLE new_facts RENAME TO facts;

    CREATE TABLE new_dns (
      hour INTEGER NOT NULL,
      recorder INTEGER NOT NULL,
      asker INTEGER NOT NULL,
      answerer INTEGER NOT NULL,
      name INTEGER NOT NULL,
      address INTEGER NOT NULL,
      first INTEGER NOT NULL,
      span INTEGER NOT NULL,
      minutes INTEGER NOT NULL,
      digest INTEGER NOT NULL,
      PRIMARY KEY (hour, recorder, asker, answerer, name, address),
      CHECK (first >= 0 AND span >= 0 AND first + span < 3600000000000),
      CHECK (minutes >> 60 = 0)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO new_dns
      SELECT hour, recorder, asker, answerer, name, address, first, span,
        minutes & ~(1 << (first / 60000000000)) & ~(1 << ((first + span) / 60000000000)), 0
      FROM dns;
    DROP TABLE dns;
    ALTER TABLE new_dns RENAME TO dns;

    """

  private static let sealed =
    ["recorders", "names", "addresses", "losses", "gaps", "passed", "imports", "objects"]
    .map { "ALTER TABLE \($0) ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;\n" }.joined()
    + [
      ("recorders", "id, text"), ("names", "id, text"), ("addresses", "id, bytes"),
      (
        "facts",
        "hour, recorder, client, server, target, dialled, dialled_port, place, conversations, first, span, minutes"
      ),
      ("dns", "hour, recorder, asker, answerer, name, address, first, span, minutes"),
      ("losses", "since, until, recorder, interface, received, dropped"), ("gaps", "since, until, recorder"),
      ("passed", "recorder, reason, frames"),
      ("imports", "fingerprint, recorder, name, packets, first, last"),
      ("objects", "kind, namespace, name, uid, version, since, until, body"),
    ].map { "UPDATE \($0) SET digest = seal(\($1));\n" }.joined()
}
