/* What Swift has no way of its own to ask for: memory ahead of its use, and address space that is filled later. */
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

/* Asks for a line of memory ahead of its use. */
static inline void prefetch_line(const void *address) { __builtin_prefetch(address, 1); }

/* Address space that begins at a multiple of `alignment`, a power of two; NULL when there is none. It takes no memory. */
static inline void *reserve_memory(size_t size, size_t alignment) {
  size_t all = size + alignment;
  if (all < size) return NULL;
  char *found = (char *)mmap(NULL, all, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (found == (char *)MAP_FAILED) return NULL;
  size_t before = -(uintptr_t)found & (alignment - 1);
  if (before) munmap(found, before);
  munmap(found + before + size, alignment - before);
  return found + before;
}

/* Makes usable what was reserved, filled with zeros; 0 when there is no memory. */
static inline int open_memory(void *start, size_t size) {
  return mprotect(start, size, PROT_READ | PROT_WRITE) == 0;
}

/* Wishes for large pages, now and for what is not used yet; where there are none, nothing changes. */
static inline void enlarge_pages(void *start, size_t size) {
  madvise(start, size, MADV_HUGEPAGE);
  /* MADV_COLLAPSE: Linux has it since 6.1, and the headers of Debian 12 do not name it. */
  madvise(start, size, 25);
}

static inline void release_memory(void *start, size_t size) { munmap(start, size); }
