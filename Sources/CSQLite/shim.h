#pragma once

#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast from an integer to a function, which Swift does not import: SQLite takes a copy.
static inline int mc_bind_text(sqlite3_stmt *statement, int place, const char *text, sqlite3_uint64 size) {
    return sqlite3_bind_text64(statement, place, text, size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int mc_bind_blob(sqlite3_stmt *statement, int place, const void *octets, sqlite3_uint64 size) {
    return sqlite3_bind_blob64(statement, place, octets, size, SQLITE_TRANSIENT);
}
