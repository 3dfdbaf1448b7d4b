extension Migration {
  /// Version 4.
  ///
  /// An object has a row for each of its looks, so that a pod's earlier address is not forgotten with its next one. The
  /// look stands in the key and not in the body, since only keys tell SQL which rows are one.
  ///
  /// What older versions kept is the newest telling alone, and nobody knows any more what came before: its look is the
  /// empty one. A row that is not what was written stays so.
  static let looks = Migration(
    name: "a row for each look of an object",
    sql: """
      CREATE TABLE new_objects (
        kind TEXT NOT NULL,
        namespace TEXT NOT NULL,
        name TEXT NOT NULL,
        uid TEXT NOT NULL,
        look TEXT NOT NULL,
        version INTEGER NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER CHECK (until >= since),
        body TEXT NOT NULL,
        digest INTEGER NOT NULL,
        PRIMARY KEY (kind, namespace, name, uid, look)
      ) STRICT, WITHOUT ROWID;
      INSERT OR IGNORE INTO new_objects
        SELECT \(columns), iif(is_whole, seal(\(columns)), seal(\(columns)) = 0)
        FROM (
          SELECT *, '' AS look,
            digest = seal(kind, namespace, name, uid, version, since, until, body) AS is_whole
          FROM objects
        );
      DROP TABLE objects;
      ALTER TABLE new_objects RENAME TO objects;
      """)

  private static let columns = "kind, namespace, name, uid, look, version, since, until, body"
}
