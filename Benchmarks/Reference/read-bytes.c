// The least that reading a file whole costs: its bytes come into memory, and the names of pods are found in them by
// a search that knows nothing of JSON.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"

int main(int count, char **words) {
  static const char kind[] = "\"kind\": \"Pod\"";
  if (count != 2) fail("one file is wanted");
  double start = cpu();
  FILE *file = fopen(words[1], "rb");
  if (!file || fseek(file, 0, SEEK_END)) fail("the file can't be read");
  size_t length = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(length + 1);
  if (!text || fread(text, 1, length, file) != length) fail("the file can't be read");
  text[length] = 0;
  unsigned long pods = 0;
  for (char *at = text; (at = strstr(at, kind)); at += sizeof kind - 1) pods++;
  printf("answer %lu pods\ncpu %.6f\n", pods, cpu() - start);
  return 0;
}
