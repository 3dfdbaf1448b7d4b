extension Migration {
  /// Version 1.
  ///
  /// Facts are keyed by the hour first: a flush then touches the end of the tree alone, and to forget old hours is one
  /// range. Addresses, recorders and names stand as integers, a third of the size; nothing enforces that those exist,
  /// because five look-ups a row would cost more than the row, and readers check each row anyway.
  ///
  /// `first` counts nanoseconds from the beginning of the hour, `span` from there to the last moment: six bytes and
  /// often none, where two moments take sixteen. The checks are few and wide, because one a column would double what
  /// it costs to insert a row.
  static let factsAndInventory = Migration(
    name: "facts, losses, imported files and inventory",
    sql: """
      CREATE TABLE recorders (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE addresses (
        id INTEGER PRIMARY KEY,
        bytes BLOB NOT NULL UNIQUE CHECK (length(bytes) IN (4, 16))
      ) STRICT;

      CREATE TABLE facts (
        hour INTEGER NOT NULL,
        recorder INTEGER NOT NULL,
        client INTEGER NOT NULL,
        server INTEGER NOT NULL,
        port INTEGER NOT NULL,
        transport INTEGER NOT NULL,
        tier INTEGER NOT NULL,
        direction INTEGER NOT NULL,
        dialled INTEGER NOT NULL,
        dialled_port INTEGER NOT NULL,
        interface INTEGER NOT NULL,
        part INTEGER NOT NULL,
        conversations INTEGER NOT NULL,
        first INTEGER NOT NULL,
        span INTEGER NOT NULL,
        minutes INTEGER NOT NULL,
        PRIMARY KEY (
          hour, recorder, client, server, port, transport, tier, direction, dialled, dialled_port,
          interface, part
        ),
        CHECK (
          ((port | dialled_port | part) >> 16) | (interface >> 32) | ((transport | tier | direction) >> 8) = 0
        ),
        CHECK (conversations > 0 AND first >= 0 AND span >= 0 AND first + span < 3600000000000),
        CHECK (minutes > 0 AND minutes >> 60 = 0)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE dns (
        hour INTEGER NOT NULL,
        recorder INTEGER NOT NULL,
        asker INTEGER NOT NULL,
        answerer INTEGER NOT NULL,
        name INTEGER NOT NULL,
        address INTEGER NOT NULL,
        first INTEGER NOT NULL,
        span INTEGER NOT NULL,
        minutes INTEGER NOT NULL,
        PRIMARY KEY (hour, recorder, asker, answerer, name, address),
        CHECK (first >= 0 AND span >= 0 AND first + span < 3600000000000),
        CHECK (minutes > 0 AND minutes >> 60 = 0)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE losses (
        since INTEGER NOT NULL,
        until INTEGER NOT NULL CHECK (until >= since),
        recorder INTEGER NOT NULL,
        interface INTEGER NOT NULL CHECK (interface BETWEEN 0 AND 4294967295),
        received INTEGER NOT NULL CHECK (received >= 0),
        dropped INTEGER CHECK (dropped >= 0),
        PRIMARY KEY (since, until, recorder, interface)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE gaps (
        since INTEGER NOT NULL,
        until INTEGER NOT NULL CHECK (until >= since),
        recorder INTEGER NOT NULL,
        PRIMARY KEY (since, until, recorder)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE passed (
        recorder INTEGER NOT NULL,
        reason TEXT NOT NULL,
        frames INTEGER NOT NULL CHECK (frames > 0),
        PRIMARY KEY (recorder, reason)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE imports (
        fingerprint TEXT NOT NULL PRIMARY KEY,
        recorder INTEGER NOT NULL,
        name TEXT NOT NULL,
        packets INTEGER NOT NULL CHECK (packets >= 0),
        first INTEGER,
        last INTEGER CHECK (last >= first),
        CHECK ((first IS NULL) = (last IS NULL))
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE objects (
        kind TEXT NOT NULL,
        namespace TEXT NOT NULL,
        name TEXT NOT NULL,
        uid TEXT NOT NULL,
        version INTEGER NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER CHECK (until >= since),
        body TEXT NOT NULL,
        PRIMARY KEY (kind, namespace, name, uid)
      ) STRICT, WITHOUT ROWID;
      """)
}
