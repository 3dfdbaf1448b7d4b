/* Swift has no way of its own to ask for memory ahead of its use. */
static inline void prefetch_line(const void *address) { __builtin_prefetch(address, 1); }
