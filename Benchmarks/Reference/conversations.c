// Who talks to whom in a capture file, and how far each conversation came: about the least that can be done for it.
//
// It reads 256 KiB at a time into one buffer, takes frames apart sixteen at a time, and asks for their places in the
// table while it takes the next ones apart. It keeps sequence numbers, ties the two sides of a Service by the number a
// client begins with, and reads DNS answers. It trusts the file: lengths are checked, but nothing is bounded, settled
// while it runs, or counted where it is not understood.
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process.h"

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
enum { BATCH = 16, READ = 1 << 18 };

static void *many(size_t count, size_t size) {
  void *made = calloc(count, size);
  if (!made) fail("out of memory");
  return made;
}

static inline u16 big16(const u8 *p) { u16 v; memcpy(&v, p, 2); return __builtin_bswap16(v); }
static inline u32 big32(const u8 *p) { u32 v; memcpy(&v, p, 4); return __builtin_bswap32(v); }
static inline u32 little32(const u8 *p) { u32 v; memcpy(&v, p, 4); return v; }

// An address is two words as they lie in memory; one of IPv4 is a number in the second.
typedef struct { u64 a0, a1, b0, b1; u16 aPort, bPort; u8 protocol, version; u16 pad; } Ends; // a is the lower end

enum { NONE, ATTEMPTED, REFUSED, ANSWERED, ESTABLISHED, USED };
typedef struct {
  Ends ends;
  u64 first, last;
  u32 initialA, initialB, nextA, nextB;
  u64 partner; // the hash of the flow that showed the same opening before, whole: halves are shared
  u8 tier, fromA, fromB, client, isHeld, isBeforeTranslation; // client: 1 is a, 2 is b
  u32 pad[2];
} Flow;

// The table of flows: linear probing, at most seven tenths full.
static Flow *flows;
static u64 room, mask, flowCount;

static inline u64 mixed(u64 a, u64 b) {
  __uint128_t m = (__uint128_t)(a ^ 0x9e3779b97f4a7c15ull) * (b ^ 0xd1b54a32d192ed03ull);
  return (u64)m ^ (u64)(m >> 64);
}
static inline u64 hashed(const Ends *e) {
  u64 ports;
  memcpy(&ports, &e->aPort, 8);
  return mixed(mixed(e->a0 ^ e->b1, e->a1 + ports), mixed(e->b0, e->a1 ^ e->b1));
}

static void make(u64 size) {
  room = size, mask = size - 1, flowCount = 0;
  flows = many(size, sizeof *flows);
}

static void grow(void) {
  Flow *old = flows;
  u64 oldRoom = room;
  make(2 * room);
  for (u64 i = 0; i < oldRoom; i++) {
    if (!old[i].isHeld) continue;
    u64 place = hashed(&old[i].ends) & mask;
    while (flows[place].isHeld) place = (place + 1) & mask;
    flows[place] = old[i], flowCount++;
  }
  free(old);
}

static Flow *flowOf(const Ends *ends, u64 hash) {
  for (u64 place = hash & mask;; place = (place + 1) & mask) {
    Flow *f = &flows[place];
    if (f->isHeld) {
      if (!memcmp(&f->ends, ends, sizeof *ends)) return f;
    } else if (flowCount * 10 >= room * 7) {
      grow();
      place = (hash & mask) - 1;
    } else {
      f->isHeld = 1, f->ends = *ends, flowCount++;
      return f;
    }
  }
}

// A packet between its taking apart and its turn.
typedef struct { Ends ends; u64 hash, instant; u32 sequence, acknowledgement, length; u8 isFromA, flags, chunk; } Packet;
static Packet batch[BATCH];
static int batched;

// Openings: who dialled with which first number, and the flow that showed it.
typedef struct { u64 address0, address1; u32 initial; u16 port, isHeld; u64 flow, instant; } Opening;
static Opening *openings;
static u64 openingRoom = 1 << 14, openingCount;

static inline u64 openingHash(u64 address0, u64 address1, u32 initial, u16 port) {
  return mixed(address0 ^ initial, address1 + port);
}

static void noteOpening(const Packet *p, Flow *f) {
  if (openingCount * 10 > openingRoom * 7) {
    Opening *old = openings;
    u64 oldRoom = openingRoom;
    openings = many(openingRoom *= 2, sizeof *openings);
    for (u64 i = 0; i < oldRoom; i++) {
      Opening *o = &old[i];
      if (!o->isHeld) continue;
      u64 place = openingHash(o->address0, o->address1, o->initial, o->port) & (openingRoom - 1);
      while (openings[place].isHeld) place = (place + 1) & (openingRoom - 1);
      openings[place] = *o;
    }
    free(old);
  }
  u64 address0 = p->isFromA ? p->ends.a0 : p->ends.b0, address1 = p->isFromA ? p->ends.a1 : p->ends.b1;
  u16 port = p->isFromA ? p->ends.aPort : p->ends.bPort;
  u64 place = openingHash(address0, address1, p->sequence, port) & (openingRoom - 1);
  for (;; place = (place + 1) & (openingRoom - 1)) {
    Opening *o = &openings[place];
    if (!o->isHeld) {
      *o = (Opening){address0, address1, p->sequence, port, 1, p->hash, p->instant};
      openingCount++;
      return;
    }
    if (o->address0 != address0 || o->address1 != address1 || o->initial != p->sequence || o->port != port) continue;
    if (o->flow != p->hash) f->partner = o->flow;
    return;
  }
}

static void noteSegment(const Packet *p, Flow *f) {
  u8 flags = p->flags & 0x17;
  int isFromA = p->isFromA;
  u32 *initial = isFromA ? &f->initialA : &f->initialB, *next = isFromA ? &f->nextA : &f->nextB;
  u32 *otherInitial = isFromA ? &f->initialB : &f->initialA, *otherNext = isFromA ? &f->nextB : &f->nextA;
  if ((flags & 0x12) == 2) {
    if (f->client && *initial != p->sequence && f->tier >= ESTABLISHED) {
      f->first = p->instant, f->tier = NONE;
      f->initialA = f->initialB = f->nextA = f->nextB = 0;
    }
    f->client = isFromA ? 1 : 2;
    *initial = p->sequence, *next = p->sequence + 1;
    if (!f->tier) f->tier = ATTEMPTED;
    noteOpening(p, f);
    return;
  }
  if ((flags & 0x12) == 0x12) {
    if (!f->client) f->client = isFromA ? 2 : 1;
    *initial = p->sequence, *next = p->sequence + 1;
    if (*otherNext == p->acknowledgement && f->tier < ANSWERED) f->tier = ANSWERED;
    return;
  }
  if (!f->client) f->client = isFromA ? 1 : 2, *initial = *next = p->sequence;
  if (flags & 4 && f->tier == ATTEMPTED) f->tier = REFUSED;
  u32 end = p->sequence + p->length + (flags & 1);
  if ((int32_t)(end - *next) > 0) *next = end;
  if (!(flags & 0x10) || (int32_t)(p->acknowledgement - *otherInitial) <= 0) return;
  if ((int32_t)(p->acknowledgement - *otherNext) > 0) return;
  if (f->tier == ANSWERED) f->tier = ESTABLISHED;
  if (f->tier == ESTABLISHED && f->nextA - f->initialA > 2 && f->nextB - f->initialB > 2) f->tier = USED;
}

// RFC 9260 §3.2: INIT, INIT ACK and COOKIE ACK.
static void noteChunk(const Packet *p, Flow *f) {
  if (!f->client) f->client = p->isFromA ? 1 : 2;
  u8 tier = p->chunk == 1 ? ATTEMPTED : p->chunk == 2 ? ANSWERED : p->chunk == 11 ? ESTABLISHED : NONE;
  if (tier > f->tier) f->tier = tier;
}

static void empty(void) {
  for (int i = 0; i < batched; i++) {
    const Packet *p = &batch[i];
    Flow *f = flowOf(&p->ends, p->hash);
    if (!f->first) f->first = p->instant;
    if (p->instant > f->last) f->last = p->instant;
    if (p->ends.protocol == 6) noteSegment(p, f);
    else if (p->ends.protocol == 132) noteChunk(p, f);
    else if (!f->client) f->client = p->isFromA ? 1 : 2;
    if (p->isFromA) f->fromA |= p->flags | 0x80; else f->fromB |= p->flags | 0x80;
  }
  batched = 0;
}

// Names: the hash of a name that somebody asked for, and an address that was the answer.
typedef struct { u64 name, address0, address1, asker0, asker1; u32 isHeld, isV4; } Name;
static Name *names;
static u64 nameRoom = 1 << 12, nameCount;

static inline u64 nameHash(const Name *n) { return mixed(n->name ^ n->asker1, n->address1 ^ n->address0); }

static void keep(Name name) {
  if (nameCount * 10 > nameRoom * 7) {
    Name *old = names;
    u64 oldRoom = nameRoom;
    names = many(nameRoom *= 2, sizeof *names);
    for (u64 i = 0; i < oldRoom; i++) {
      if (!old[i].isHeld) continue;
      u64 place = nameHash(&old[i]) & (nameRoom - 1);
      while (names[place].isHeld) place = (place + 1) & (nameRoom - 1);
      names[place] = old[i];
    }
    free(old);
  }
  u64 place = nameHash(&name) & (nameRoom - 1);
  for (;; place = (place + 1) & (nameRoom - 1)) {
    if (!names[place].isHeld) {
      names[place] = name, nameCount++;
      return;
    }
    if (!memcmp(&names[place], &name, sizeof name)) return;
  }
}

// The hash of the letters of a name, and where it ends.
static u64 nameAt(const u8 *p, u32 count, u32 at, u32 *end) {
  u64 hash = 0;
  u32 after = 0;
  for (int jumps = 0; at < count;) {
    u8 length = p[at];
    if (!length) {
      if (!after) after = at + 1;
      break;
    }
    if (length >= 0xc0) {
      if (at + 1 >= count) break;
      if (!after) after = at + 2;
      at = (u32)(length & 0x3f) << 8 | p[at + 1];
      if (++jumps > 16) break;
      continue;
    }
    if (at + 1 + length > count) break;
    for (u32 k = 0; k < length; k++) hash = hash * 0x100000001b3ull ^ (p[at + 1 + k] | 0x20);
    at += 1 + length;
  }
  *end = after ? after : count;
  return hash;
}

static void readAnswer(const u8 *p, u32 count, u64 asker0, u64 asker1) {
  if (count < 12 || !(p[2] & 0x80) || big16(p + 4) != 1) return;
  u32 answers = big16(p + 6), at = 12, end;
  if (!answers) return;
  u64 name = nameAt(p, count, at, &end);
  at = end + 4;
  for (u32 i = 0; i < answers && at + 12 <= count; i++) {
    nameAt(p, count, at, &end);
    at = end;
    if (at + 10 > count) return;
    u32 type = big16(p + at), length = big16(p + at + 8);
    at += 10;
    if (at + length > count) return;
    Name found = {.name = name, .asker0 = asker0, .asker1 = asker1, .isHeld = 1};
    if (type == 1 && length == 4) found.address1 = big32(p + at), found.isV4 = 1, keep(found);
    if (type == 28 && length == 16) {
      memcpy(&found.address0, p + at, 8), memcpy(&found.address1, p + at + 8, 8);
      keep(found);
    }
    at += length;
  }
}

static void takeEthernet(const u8 *p, u32 count, u64 instant, int depth);

static inline void takeIP(const u8 *p, u32 count, u64 instant, int depth) {
  if (count < 20) return;
  Ends ends;
  memset(&ends, 0, sizeof ends);
  u64 source0 = 0, source1, target0 = 0, target1;
  u32 at, whole;
  int isLater = 0;
  u8 protocol;
  if (p[0] >> 4 == 4) {
    at = (p[0] & 15u) * 4;
    if (at < 20 || at > count) return;
    source1 = big32(p + 12), target1 = big32(p + 16);
    protocol = p[9], whole = big16(p + 2), isLater = big16(p + 6) & 0x1fff, ends.version = 4;
  } else {
    if (count < 40) return;
    memcpy(&source0, p + 8, 8), memcpy(&source1, p + 16, 8);
    memcpy(&target0, p + 24, 8), memcpy(&target1, p + 32, 8);
    protocol = p[6], at = 40, whole = 40u + big16(p + 4), ends.version = 6;
    while (protocol == 0 || protocol == 43 || protocol == 60 || protocol == 44) {
      if (at + 8 > count) return;
      u8 next = p[at];
      if (protocol == 44) isLater = big16(p + at + 2) & 0xfff8;
      at += protocol == 44 ? 8 : 8 + p[at + 1] * 8u;
      protocol = next;
    }
  }
  u16 from = 0, to = 0;
  const u8 *inside = p + at;
  u32 left = count > at ? count - at : 0, sequence = 0, acknowledgement = 0, length = 0;
  u8 flags = 0, chunk = 0xff;
  if (isLater) {
  } else if (protocol == 6) {
    if (left < 14) return;
    from = big16(inside), to = big16(inside + 2);
    sequence = big32(inside + 4), acknowledgement = big32(inside + 8), flags = inside[13];
    length = whole - at - (inside[12] >> 4) * 4u;
  } else if (protocol == 17 || protocol == 132) {
    if (left < 8) return;
    from = big16(inside), to = big16(inside + 2);
    if (protocol == 132 && left > 12) chunk = inside[12];
    if (protocol == 17 && depth == 0 && (to == 8472 || to == 4789) && left > 16) {
      takeEthernet(inside + 16, left - 16, instant, 1);
      return;
    }
    if (protocol == 17 && from == 53) readAnswer(inside + 8, left - 8, target0, target1);
  } else if ((protocol == 1 || protocol == 58) && left >= 2) {
    to = (u16)(inside[0] << 8 | inside[1]);
  }
  ends.protocol = protocol;
  int isFromA = source1 < target1 || (source1 == target1 && (source0 < target0 || (source0 == target0 && from <= to)));
  if (protocol == 1 || protocol == 58) isFromA = 1;
  if (isFromA) {
    ends.a0 = source0, ends.a1 = source1, ends.aPort = from;
    ends.b0 = target0, ends.b1 = target1, ends.bPort = to;
  } else {
    ends.a0 = target0, ends.a1 = target1, ends.aPort = to;
    ends.b0 = source0, ends.b1 = source1, ends.bPort = from;
  }
  Packet *packet = &batch[batched++];
  *packet = (Packet){ends, hashed(&ends), instant, sequence, acknowledgement, length, (u8)isFromA, flags, chunk};
  __builtin_prefetch(&flows[packet->hash & mask], 1);
  __builtin_prefetch((char *)&flows[packet->hash & mask] + 64, 1);
  if (batched == BATCH) empty();
}

static void takeEthernet(const u8 *p, u32 count, u64 instant, int depth) {
  if (count < 14) return;
  u32 at = 14;
  u16 type = big16(p + 12);
  while ((type == 0x8100 || type == 0x88a8) && at + 4 <= count) type = big16(p + at + 2), at += 4;
  if (type == 0x0800 || type == 0x86dd) takeIP(p + at, count - at, instant, depth);
}

static u64 frames;
static inline void take(u32 link, const u8 *p, u32 count, u64 instant) {
  frames++;
  if (link == 1) takeEthernet(p, count, instant, 0);
  else if (link == 101) takeIP(p, count, instant, 0);
  else if (link == 276 && count >= 20) {
    u16 type = big16(p);
    if (type == 0x0800 || type == 0x86dd) takeIP(p + 20, count - 20, instant, 0);
  }
}

// Both forms of capture files, with one interface, in microseconds and in the byte order of this machine.
static void readAll(int file) {
  u8 *buffer = many(1, 2 * READ);
  u32 have = 0, at = 0, link = 0;
  int isNextGeneration = 0, isBegun = 0;
  for (;;) {
    memmove(buffer, buffer + at, have - at);
    have -= at, at = 0;
    ssize_t got = read(file, buffer + have, READ);
    if (got <= 0) break;
    have += (u32)got;
    if (!isBegun) {
      if (have < 24) fail("the file is too short");
      isBegun = 1, isNextGeneration = little32(buffer) == 0x0a0d0d0a;
      if (!isNextGeneration) link = little32(buffer + 20), at = 24;
    }
    if (isNextGeneration) {
      while (at + 12 <= have) {
        const u8 *block = buffer + at;
        u32 kind = little32(block), length = little32(block + 4);
        if (length < 12 || length > READ) fail("a block has no length");
        if (at + length > have) break;
        if (kind == 1) link = little32(block + 8) & 0xffff;
        if (kind == 6)
          take(link, block + 28, little32(block + 20),
               ((u64)little32(block + 12) << 32 | little32(block + 16)) * 1000);
        at += length;
      }
    } else {
      while (at + 16 <= have) {
        const u8 *record = buffer + at;
        u32 kept = little32(record + 8);
        if (kept > READ - 16) fail("a record has no length");
        if (at + 16 + kept > have) break;
        take(link, record + 16, kept, little32(record) * 1000000000ull + little32(record + 4) * 1000ull);
        at += 16 + kept;
      }
    }
  }
  empty();
  free(buffer);
}

// Edges: conversations of one client with one server that came equally far.
typedef struct { u64 client0, client1, server0, server1; u16 port; u8 protocol, tier, version, isHeld; u64 count, first, last; } Edge;
static Edge *edges;
static u64 edgeRoom = 1024, edgeCount;

// Of two flows of one connection, the later one is behind the translation.
static void tie(void) {
  for (u64 i = 0; i < room; i++) {
    if (!flows[i].isHeld || !flows[i].partner) continue;
    for (u64 place = flows[i].partner & mask; flows[place].isHeld; place = (place + 1) & mask)
      if (hashed(&flows[place].ends) == flows[i].partner) flows[place].isBeforeTranslation = 1;
  }
}

// The tiers have these numbers: attempted 0, one-way 1, refused 2, answered 3, established 4, replied 5, used 6.
static u8 tierOf(const Flow *f) {
  static const u8 numbers[] = {0, 0, 2, 3, 4, 6};
  return f->ends.protocol == 17 ? (f->fromA && f->fromB ? 5 : 1) : numbers[f->tier];
}

static void sumUp(void) {
  tie();
  while (edgeRoom < flowCount * 2) edgeRoom *= 2;
  edges = many(edgeRoom, sizeof *edges);
  for (u64 i = 0; i < room; i++) {
    Flow *f = &flows[i];
    Ends *e = &f->ends;
    if (!f->isHeld || f->isBeforeTranslation) continue;
    if (e->protocol != 6 && e->protocol != 17 && e->protocol != 132) continue;
    Edge edge = {.protocol = e->protocol, .tier = tierOf(f), .version = e->version, .isHeld = 1};
    if (f->client == 1)
      edge.client0 = e->a0, edge.client1 = e->a1, edge.server0 = e->b0, edge.server1 = e->b1, edge.port = e->bPort;
    else
      edge.client0 = e->b0, edge.client1 = e->b1, edge.server0 = e->a0, edge.server1 = e->a1, edge.port = e->aPort;
    u64 hash = mixed(mixed(edge.client0 ^ edge.server1, edge.client1 + edge.port),
                     mixed(edge.server0 + edge.protocol + edge.tier * 256u, edge.server1 ^ edge.client1));
    for (u64 place = hash & (edgeRoom - 1);; place = (place + 1) & (edgeRoom - 1)) {
      Edge *found = &edges[place];
      if (!found->isHeld) {
        *found = edge, found->first = f->first, edgeCount++;
      } else if (found->client0 != edge.client0 || found->client1 != edge.client1 || found->server0 != edge.server0 ||
                 found->server1 != edge.server1 || found->port != edge.port || found->protocol != edge.protocol ||
                 found->tier != edge.tier) {
        continue;
      }
      found->count++;
      if (f->first < found->first) found->first = f->first;
      if (f->last > found->last) found->last = f->last;
      break;
    }
  }
}

// A mark of what was found; the sum of all is the same in whatever order they come.
static u64 mark(const u64 *words, int count) {
  u64 state = 1;
  for (int i = 0; i < count; i++) {
    state = (state ^ words[i]) * 0x9e3779b97f4a7c15ull;
    state ^= state >> 29;
  }
  return state;
}

// An address as two numbers, one of IPv4 as IPv6 maps it.
static void told(u64 first, u64 second, int isV4, u64 *words) {
  words[0] = isV4 ? 0 : __builtin_bswap64(first);
  words[1] = isV4 ? 0xffffull << 32 | second : __builtin_bswap64(second);
}

int main(int count, char **words) {
  if (count != 2) fail("one capture is wanted");
  double start = cpu();
  int file = open(words[1], O_RDONLY);
  if (file < 0) fail("the capture can't be read");
  make(1 << 16);
  openings = many(openingRoom, sizeof *openings), names = many(nameRoom, sizeof *names);
  readAll(file);
  sumUp();
  double used = cpu() - start;
  u64 sum = 0, conversations = 0;
  for (u64 i = 0; i < edgeRoom; i++) {
    Edge *e = &edges[i];
    if (!e->isHeld) continue;
    u64 all[6];
    told(e->client0, e->client1, e->version == 4, all), told(e->server0, e->server1, e->version == 4, all + 2);
    all[4] = (u64)e->port << 16 | (u64)e->protocol << 8 | e->tier, all[5] = e->count;
    sum += mark(all, 6), conversations += e->count;
  }
  for (u64 i = 0; i < nameRoom; i++) {
    Name *n = &names[i];
    if (!n->isHeld) continue;
    u64 all[5] = {n->name};
    // The pods of this world have one address of each family, and what is asked for says nothing of who asks.
    told(n->asker0, n->asker1, !n->asker0, all + 1), told(n->address0, n->address1, (int)n->isV4, all + 3);
    sum += mark(all, 5);
  }
  printf("answer %" PRIu64 " frames, %" PRIu64 " edges of %" PRIu64 " conversations, %" PRIu64 " names, %" PRIx64
         "\ncpu %.6f\n",
         frames, edgeCount, conversations, nameCount, sum, used);
  return 0;
}
