// The least that reading YAML with libyaml costs: every event is asked for and thrown away.
// A second pass, which is not timed, tells what the events said.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <yaml.h>

static double cpu(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static unsigned char *text;
static size_t length;

static void fail(const char *words) {
  fprintf(stderr, "error: %s\n", words);
  exit(3);
}

static void load(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) fail("the file can't be read");
  length = (size_t)ftell(file);
  rewind(file);
  text = malloc(length + 1);
  if (!text || fread(text, 1, length, file) != length) fail("the file can't be read");
  fclose(file);
}

// FNV-1a over the bytes of a scalar and a byte that no UTF-8 text holds.
static uint64_t digest = UINT64_C(0xcbf29ce484222325);
static void take(const unsigned char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) digest = (digest ^ bytes[i]) * UINT64_C(0x100000001b3);
  digest = (digest ^ 0xff) * UINT64_C(0x100000001b3);
}

static uint64_t events(int listens) {
  yaml_parser_t parser;
  yaml_event_t event;
  uint64_t count = 0;
  int type;
  if (!yaml_parser_initialize(&parser)) fail("out of memory");
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, text, length);
  do {
    if (!yaml_parser_parse(&parser, &event)) fail(parser.problem ? parser.problem : "this is not YAML");
    type = event.type;
    count++;
    if (listens && type == YAML_SCALAR_EVENT) take(event.data.scalar.value, event.data.scalar.length);
    yaml_event_delete(&event);
  } while (type != YAML_STREAM_END_EVENT);
  yaml_parser_delete(&parser);
  return count;
}

int main(int count, char **words) {
  if (count != 2) fail("one file is wanted");
  load(words[1]);
  double start = cpu();
  uint64_t seen = events(0);
  double spent = cpu() - start;
  events(1);
  printf("answer %" PRIu64 " events, scalars %" PRIx64 "\ncpu %.6f\n", seen, digest, spent);
  return 0;
}
