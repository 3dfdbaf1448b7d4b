extension Migration {
  /// Version 5.
  ///
  /// A list that shows that it is whole tells what is gone, also of what another list tells that is loaded later. What
  /// older versions ended stays ended; the lists that did it are not known any more, nor when an object was told. A row
  /// that is not what was written stays so.
  static let lists = Migration(
    name: "whole lists as facts of their own",
    sql: """
      CREATE TABLE lists (
        moment INTEGER NOT NULL,
        body TEXT NOT NULL,
        digest INTEGER NOT NULL,
        PRIMARY KEY (moment, body)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE new_objects (
        kind TEXT NOT NULL,
        namespace TEXT NOT NULL,
        name TEXT NOT NULL,
        uid TEXT NOT NULL,
        look TEXT NOT NULL,
        version INTEGER NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER CHECK (until >= since),
        told INTEGER,
        body TEXT NOT NULL,
        digest INTEGER NOT NULL,
        PRIMARY KEY (kind, namespace, name, uid, look)
      ) STRICT, WITHOUT ROWID;
      INSERT OR IGNORE INTO new_objects
        SELECT \(columns), iif(is_whole, seal(\(columns)), seal(\(columns)) = 0)
        FROM (
          SELECT *, NULL AS told,
            digest = seal(kind, namespace, name, uid, look, version, since, until, body) AS is_whole
          FROM objects
        );
      DROP TABLE objects;
      ALTER TABLE new_objects RENAME TO objects;
      """)

  private static let columns = "kind, namespace, name, uid, look, version, since, until, told, body"
}
