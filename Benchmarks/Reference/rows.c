// What SQLite itself needs for the rows of a store, in the shortest way that there is: rows of numbers, no digest, no
// checks, nothing to look up. `new FILE STORE` adds rows to a new table, `known FILE STORE` adds as many others to them,
// `scan STORE` steps through the facts of a store and looks at every column.
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"

enum { KEYS = 7, COLUMNS = 11 };

static sqlite3 *opened(const char *path) {
  sqlite3 *store;
  if (sqlite3_open(path, &store) != SQLITE_OK) fail("the store can't be opened");
  return store;
}

static void run(sqlite3 *store, const char *sql) {
  if (sqlite3_exec(store, sql, 0, 0, 0) != SQLITE_OK) fail(sqlite3_errmsg(store));
}

static sqlite3_stmt *prepared(sqlite3 *store, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(store, sql, -1, &statement, 0) != SQLITE_OK) fail(sqlite3_errmsg(store));
  return statement;
}

// Adds rows that come sorted, with a transaction for each hour.
static void add(sqlite3 *store, sqlite3_stmt *upsert, const int64_t *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int64_t *row = rows + i * COLUMNS;
    if (i == 0 || row[0] != row[-COLUMNS]) {
      if (i > 0) run(store, "COMMIT");
      run(store, "BEGIN IMMEDIATE");
    }
    for (int k = 0; k < COLUMNS; k++) sqlite3_bind_int64(upsert, k + 1, row[k]);
    if (sqlite3_step(upsert) != SQLITE_DONE) fail(sqlite3_errmsg(store));
    sqlite3_reset(upsert);
  }
  if (count > 0) run(store, "COMMIT");
}

static void write(const char *path, const char *to, int isKnown) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) fail("the rows can't be read");
  size_t size = (size_t)ftell(file), count = size / (COLUMNS * sizeof(int64_t));
  int64_t *rows = malloc(size + 1);
  rewind(file);
  if (!rows || fread(rows, 1, size, file) != size) fail("the rows can't be read");
  if (isKnown) count /= 2;
  remove(to);
  sqlite3 *store = opened(to);
  run(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
             "CREATE TABLE facts (hour INTEGER, recorder INTEGER, client INTEGER, server INTEGER, target INTEGER,"
             " dialled INTEGER, place INTEGER, conversations INTEGER, first INTEGER, last INTEGER, minutes INTEGER,"
             " PRIMARY KEY (hour, recorder, client, server, target, dialled, place)) WITHOUT ROWID");
  sqlite3_stmt *upsert = prepared(
      store, "INSERT INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO UPDATE SET"
             " conversations = conversations + excluded.conversations, first = min(first, excluded.first),"
             " last = max(last, excluded.last), minutes = minutes | excluded.minutes");
  double start = cpu();
  add(store, upsert, rows, count);
  if (isKnown) {
    start = cpu();
    add(store, upsert, rows + count * COLUMNS, count);
  }
  double end = cpu();
  sqlite3_stmt *sum = prepared(store, "SELECT count(*), sum(conversations) FROM facts");
  if (sqlite3_step(sum) != SQLITE_ROW) fail(sqlite3_errmsg(store));
  printf("answer %" PRId64 " rows of %" PRId64 " conversations\ncpu %.6f\n", (int64_t)sqlite3_column_int64(sum, 0),
         (int64_t)sqlite3_column_int64(sum, 1), end - start);
  // Closed, so that no log stays that the next store here would take for its own.
  sqlite3_finalize(sum), sqlite3_finalize(upsert), sqlite3_close(store);
}

static void scan(const char *path) {
  sqlite3 *store = opened(path);
  double start = cpu();
  sqlite3_stmt *rows = prepared(
      store, "SELECT hour, recorder, client, server, target, dialled, place, tally, digest FROM facts");
  int64_t count = 0, conversations = 0, rest = 0;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    for (int k = 0; k < KEYS; k++) rest ^= sqlite3_column_int64(rows, k);
    rest ^= sqlite3_column_int64(rows, KEYS + 1);
    // The first number of a tally, seven bits a byte.
    const unsigned char *bytes = sqlite3_column_blob(rows, KEYS);
    int size = sqlite3_column_bytes(rows, KEYS), shift = 0;
    for (int i = 0; i < size; i++, shift += 7) {
      conversations += (int64_t)(bytes[i] & 0x7F) << shift;
      if (bytes[i] < 0x80) break;
    }
    count++;
  }
  double end = cpu();
  fprintf(stderr, "%" PRId64 "\n", rest);
  printf("answer %" PRId64 " rows of %" PRId64 " conversations\ncpu %.6f\n", count, conversations, end - start);
}

int main(int count, char **words) {
  if (count == 4 && !strcmp(words[1], "new")) write(words[2], words[3], 0);
  else if (count == 4 && !strcmp(words[1], "known")) write(words[2], words[3], 1);
  else if (count == 3 && !strcmp(words[1], "scan")) scan(words[2]);
  else fail("`new FILE STORE`, `known FILE STORE` or `scan STORE` is wanted");
  return 0;
}
