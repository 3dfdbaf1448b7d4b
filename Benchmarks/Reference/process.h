// What every program here needs: the time it took, and words before it ends.
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static inline double cpu(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static inline void fail(const char *words) {
  fprintf(stderr, "error: %s\n", words);
  exit(3);
}
