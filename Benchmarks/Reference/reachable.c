// What every pod may reach, of a world of numbers: labels are numbers, a selector is a list of terms, a port is a place
// on one line of 3 * 65536. It counts the ordered pairs of two pods with any port open, and the open ports of all pairs.
//
// Pods that no selector, no block and no name of a port tells apart are one class, and all is reckoned with classes.
// For each class it marks what the rules of others open to it, then walks what its own rules open. Nothing dense is
// kept.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"

typedef uint64_t u64;
typedef struct { u64 low, high; } Ports; // a set of atoms, at most 128

typedef struct { int *at; int count, room; } List;

typedef struct { int negated, first, count; } Term;
typedef struct { int first, count; } Selector;
typedef struct { int isBlock, selector, block; uint32_t low, high; int firstHole, holes; } Peer;
typedef struct { int isNamed, low, high; } Port;
typedef struct { int policy, isEgress, isAnyone, isEveryPort, firstPeer, peers, firstPort, ports, hasNames; Ports plain, *byNames; } Rule;
typedef struct { int subject, holdsIngress, holdsEgress, firstRule, rules; } Policy;

static void *many(size_t count, size_t size) {
  void *made = calloc(count ? count : 1, size);
  if (!made) fail("out of memory");
  return made;
}

static void add(List *list, int value) {
  if (list->count == list->room) {
    list->room = list->room ? 2 * list->room : 4;
    list->at = realloc(list->at, (size_t)list->room * sizeof(int));
    if (!list->at) fail("out of memory");
  }
  list->at[list->count++] = value;
}

// The world.
static int pods, labelCount, selectorCount, policyCount, ruleCount;
static uint32_t *address;
static List *labelsOf, *namedOf; // of a pod: its labels, in order; its named ports, as name and place
static int *members, *names;     // of a class, once there are classes: how many pods; the number of its named ports
static int namings;
static List numbers, holes; // labels of terms; lowest and highest addresses of holes
static List *postings; // of a label: the pods that have it, in order
static Term *term;
static Selector *selector;
static Policy *policy;
static Rule *rule;
static Peer *peer;
static Port *port;

static FILE *file;
static long long next(void) {
  long long number = 0;
  int c = getc_unlocked(file);
  while (c == ' ' || c == '\n') c = getc_unlocked(file);
  if (c < '0' || c > '9') fail("the world ends early");
  for (; c >= '0' && c <= '9'; c = getc_unlocked(file)) number = 10 * number + (c - '0');
  return number;
}

// Reads the world, and tells how many peers its rules name.
static int load(const char *path) {
  if (!(file = fopen(path, "rb"))) fail("the world can't be read");
  pods = (int)next(), labelCount = (int)next(), selectorCount = (int)next(), policyCount = (int)next();
  int termCount = (int)next(), peerCount = (int)next(), portCount = (int)next();
  ruleCount = (int)next();
  address = many((size_t)pods, sizeof *address), labelsOf = many((size_t)pods, sizeof *labelsOf);
  namedOf = many((size_t)pods, sizeof *namedOf), postings = many((size_t)labelCount, sizeof *postings);
  term = many((size_t)termCount, sizeof *term), selector = many((size_t)selectorCount, sizeof *selector);
  policy = many((size_t)policyCount, sizeof *policy), rule = many((size_t)ruleCount, sizeof *rule);
  peer = many((size_t)peerCount, sizeof *peer), port = many((size_t)portCount, sizeof *port);
  for (int i = 0; i < pods; i++) {
    address[i] = (uint32_t)next();
    for (int left = (int)next(); left > 0; left--) add(&labelsOf[i], (int)next());
    for (int left = 2 * (int)next(); left > 0; left--) add(&namedOf[i], (int)next());
  }
  for (int i = 0, at = 0; i < selectorCount; i++) {
    selector[i].first = at, selector[i].count = (int)next();
    for (int j = 0; j < selector[i].count; j++, at++) {
      term[at].negated = (int)next(), term[at].count = (int)next(), term[at].first = numbers.count;
      for (int k = 0; k < term[at].count; k++) add(&numbers, (int)next());
    }
  }
  int rules = 0, peers = 0, ports = 0;
  for (int i = 0; i < policyCount; i++) {
    Policy *p = &policy[i];
    p->subject = (int)next(), p->holdsIngress = (int)next(), p->holdsEgress = (int)next();
    p->firstRule = rules, p->rules = (int)next();
    for (int j = 0; j < p->rules; j++, rules++) {
      Rule *r = &rule[rules];
      r->policy = i, r->isEgress = (int)next(), r->isAnyone = (int)next(), r->peers = (int)next();
      r->firstPeer = peers;
      for (int k = 0; k < r->peers; k++, peers++) {
        if (!(peer[peers].isBlock = (int)next())) {
          peer[peers].selector = (int)next();
          continue;
        }
        peer[peers].low = (uint32_t)next(), peer[peers].high = (uint32_t)next();
        peer[peers].firstHole = holes.count / 2, peer[peers].holes = (int)next();
        for (int h = 2 * peer[peers].holes; h > 0; h--) add(&holes, (int)(uint32_t)next());
      }
      r->isEveryPort = (int)next(), r->ports = (int)next(), r->firstPort = ports;
      for (int k = 0; k < r->ports; k++, ports++)
        port[ports].isNamed = (int)next(), port[ports].low = (int)next(), port[ports].high = (int)next();
    }
  }
  fclose(file);
  return peers;
}

// Ports: the line is cut wherever a rule or a pod's name begins or ends, and a set of ports is a set of the atoms.
enum { LINE = 3 * 65536 };
static unsigned char atomOf[LINE + 1];
static u64 weights[128];
static int atoms;
static Ports everyPort;

static void cutPorts(void) {
  static char starts[LINE + 1];
  for (int t = 0; t < 3; t++) starts[t * 65536] = starts[t * 65536 + 1] = 1;
  for (int r = 0; r < ruleCount; r++)
    for (int k = 0; k < rule[r].ports; k++) {
      Port *p = &port[rule[r].firstPort + k];
      if (!p->isNamed) starts[p->low] = starts[p->high + 1] = 1;
    }
  for (int i = 0; i < pods; i++)
    for (int k = 1; k < namedOf[i].count; k += 2) starts[namedOf[i].at[k]] = starts[namedOf[i].at[k] + 1] = 1;
  int atom = -1;
  for (int place = 0; place < LINE; place++) {
    if (starts[place] && ++atom == 128) fail("more than 128 atoms of ports");
    atomOf[place] = (unsigned char)atom;
    // Port 0 of each protocol is no port.
    if (place % 65536) weights[atom]++;
  }
  atoms = atom + 1;
}

static inline Ports both(Ports a, Ports b) { return (Ports){a.low & b.low, a.high & b.high}; }
static inline Ports either(Ports a, Ports b) { return (Ports){a.low | b.low, a.high | b.high}; }
static inline int isNone(Ports a) { return !(a.low | a.high); }
static void put(Ports *set, int atom) {
  if (atom < 64) set->low |= 1ull << atom; else set->high |= 1ull << (atom - 64);
}
static u64 slices[16][256]; // the weights of eight atoms together
static inline u64 weight(Ports a) {
  u64 sum = 0;
  for (int i = 0; a.low; i++, a.low >>= 8) sum += slices[i][a.low & 255];
  for (int i = 8; a.high; i++, a.high >>= 8) sum += slices[i][a.high & 255];
  return sum;
}
static void weigh(void) {
  for (int i = 0; i < 16; i++)
    for (int byte = 0; byte < 256; byte++)
      for (int bit = 0; bit < 8; bit++)
        if (byte >> bit & 1) slices[i][byte] += weights[8 * i + bit];
  for (int atom = 0; atom < atoms; atom++)
    if (weights[atom]) put(&everyPort, atom);
}

// The ports that a rule opens on a class.
static Ports reckoned(const Rule *r, int pod) {
  Ports set = r->plain;
  for (int k = 0; k < r->ports; k++) {
    Port *p = &port[r->firstPort + k];
    if (p->isNamed)
      for (int n = 0; n < namedOf[pod].count; n += 2)
        if (namedOf[pod].at[n] == p->low) put(&set, atomOf[namedOf[pod].at[n + 1]]);
  }
  return set;
}

static inline Ports opened(Rule *r, int pod) {
  return r->hasNames ? r->byNames[names[pod]] : r->plain;
}

// Classes: what was a pod becomes a class, named after its first pod.
static u64 *sign; // of a pod: what tells its class

static int bySign(const void *a, const void *b) {
  int one = *(const int *)a, other = *(const int *)b;
  if (sign[one] != sign[other]) return sign[one] < sign[other] ? -1 : 1;
  return (one > other) - (one < other);
}

static u64 mixed(u64 a, u64 b) {
  a = (a ^ b) * 0x9e3779b97f4a7c15ull;
  return a ^ a >> 29;
}

static int holdsAddress(const Peer *p, uint32_t a) {
  if (a < p->low || a > p->high) return 0;
  for (int h = p->firstHole; h < p->firstHole + p->holes; h++)
    if (a >= (uint32_t)holes.at[2 * h] && a <= (uint32_t)holes.at[2 * h + 1]) return 0;
  return 1;
}

// The blocks that rules name, each once.
static List blocks;
static void findBlocks(int peers) {
  for (int i = 0; i < peers; i++) {
    int isKnown = !peer[i].isBlock;
    peer[i].block = blocks.count;
    for (int k = 0; !isKnown && k < blocks.count; k++) {
      Peer *p = &peer[blocks.at[k]];
      isKnown = p->low == peer[i].low && p->high == peer[i].high && p->holes == peer[i].holes &&
                !memcmp(holes.at + 2 * p->firstHole, holes.at + 2 * peer[i].firstHole,
                        2 * sizeof(int) * (size_t)p->holes);
      if (isKnown) peer[i].block = k;
    }
    if (!isKnown) add(&blocks, i);
  }
}

static void classify(int peers) {
  char *isAsked = many((size_t)labelCount, 1);
  for (int k = 0; k < numbers.count; k++) isAsked[numbers.at[k]] = 1;
  findBlocks(peers);
  sign = many((size_t)pods, sizeof *sign);
  u64 *naming = many((size_t)pods, sizeof *naming);
  int *order = many((size_t)pods, sizeof *order);
  for (int i = 0; i < pods; i++) {
    int kept = 0;
    for (int k = 0; k < labelsOf[i].count; k++)
      if (isAsked[labelsOf[i].at[k]]) labelsOf[i].at[kept++] = labelsOf[i].at[k];
    labelsOf[i].count = kept;
    for (int k = 0; k < kept; k++) sign[i] = mixed(sign[i], (u64)labelsOf[i].at[k] + 1);
    for (int k = 0; k < namedOf[i].count; k++) naming[i] = mixed(naming[i], (u64)namedOf[i].at[k] + 1);
    sign[i] = mixed(sign[i] + 7, naming[i]);
    for (int k = 0; k < blocks.count; k++)
      if (holdsAddress(&peer[blocks.at[k]], address[i])) sign[i] = mixed(sign[i] + 11, (u64)k + 1);
    order[i] = i;
  }
  qsort(order, (size_t)pods, sizeof *order, bySign);
  members = many((size_t)pods, sizeof *members), names = many((size_t)pods, sizeof *names);
  u64 *known = many((size_t)pods, sizeof *known);
  List *labels = many((size_t)pods, sizeof *labels), *named = many((size_t)pods, sizeof *named);
  uint32_t *addresses = many((size_t)pods, sizeof *addresses);
  int classes = 0;
  for (int i = 0; i < pods; i++) {
    int pod = order[i];
    if (i && sign[order[i - 1]] == sign[pod]) {
      members[classes - 1]++;
      continue;
    }
    labels[classes] = labelsOf[pod], named[classes] = namedOf[pod], addresses[classes] = address[pod];
    int number = 0;
    while (number < namings && known[number] != naming[pod]) number++;
    if (number == namings) known[namings++] = naming[pod];
    names[classes] = number, members[classes++] = 1;
  }
  labelsOf = labels, namedOf = named, address = addresses, pods = classes;
}

// Selectors: the shortest list of pods that one of the terms needs, and every other term asked of these.
static List *chosen; // of a selector
static List all;

static int has(int pod, int label) {
  int low = 0, high = labelsOf[pod].count;
  while (low < high) {
    int middle = (low + high) / 2, found = labelsOf[pod].at[middle];
    if (found == label) return 1;
    if (found < label) low = middle + 1; else high = middle;
  }
  return 0;
}

static int meets(int pod, const Term *t) {
  for (int k = 0; k < t->count; k++)
    if (has(pod, numbers.at[t->first + k])) return !t->negated;
  return t->negated;
}

static void choose(int s) {
  List *shortest = &all;
  for (int j = 0; j < selector[s].count; j++) {
    Term *t = &term[selector[s].first + j];
    if (t->negated || t->count != 1) continue;
    List *list = &postings[numbers.at[t->first]];
    if (list->count < shortest->count) shortest = list;
  }
  for (int i = 0; i < shortest->count; i++) {
    int pod = shortest->at[i], isChosen = 1;
    for (int j = 0; isChosen && j < selector[s].count; j++) isChosen = meets(pod, &term[selector[s].first + j]);
    if (isChosen) add(&chosen[s], pod);
  }
}

static List *held; // of a block: the classes with their address in it

static List *meant(const Peer *p) { return p->isBlock ? &held[p->block] : &chosen[p->selector]; }

// The classes that a rule names, each once; in the list given where several of its peers must be put together.
static List *named(const Rule *r, List *list) {
  static int *seen, round;
  if (r->isAnyone) return &all;
  if (r->peers == 1) return meant(&peer[r->firstPeer]);
  if (!seen) seen = many((size_t)pods, sizeof *seen);
  round++;
  list->count = 0;
  for (int k = 0; k < r->peers; k++) {
    List *from = meant(&peer[r->firstPeer + k]);
    for (int i = 0; i < from->count; i++) {
      if (seen[from->at[i]] == round) continue;
      seen[from->at[i]] = round;
      add(list, from->at[i]);
    }
  }
  return list;
}

static List *lettingIn;          // of a class: the rules that let it in somewhere, but for those that let everyone in
static List *holding;            // of a class: the policies that hold what it asks for
static List lettingEveryone;     // the rules that let everyone in
static char *isHeld;             // of a class: whether a policy holds what reaches it

int main(int count, char **words) {
  if (count != 2) fail("one world is wanted");
  int peers = load(words[1]);
  double start = cpu();
  classify(peers);
  for (int i = 0; i < pods; i++) {
    add(&all, i);
    for (int k = 0; k < labelsOf[i].count; k++) add(&postings[labelsOf[i].at[k]], i);
  }
  cutPorts();
  weigh();
  chosen = many((size_t)selectorCount, sizeof *chosen);
  for (int s = 0; s < selectorCount; s++) choose(s);
  held = many((size_t)blocks.count, sizeof *held);
  for (int b = 0; b < blocks.count; b++)
    for (int i = 0; i < pods; i++)
      if (holdsAddress(&peer[blocks.at[b]], address[i])) add(&held[b], i);
  lettingIn = many((size_t)pods, sizeof *lettingIn), holding = many((size_t)pods, sizeof *holding);
  isHeld = many((size_t)pods, 1);
  List list = {0};
  for (int i = 0; i < policyCount; i++)
    for (int k = 0; k < chosen[policy[i].subject].count; k++) {
      int pod = chosen[policy[i].subject].at[k];
      if (policy[i].holdsIngress) isHeld[pod] = 1;
      if (policy[i].holdsEgress) add(&holding[pod], i);
    }
  int *ofNaming = many((size_t)namings, sizeof *ofNaming);
  for (int i = 0; i < pods; i++) ofNaming[names[i]] = i;
  for (int r = 0; r < ruleCount; r++) {
    for (int k = 0; k < rule[r].ports; k++) {
      Port *p = &port[rule[r].firstPort + k];
      rule[r].hasNames |= p->isNamed;
      if (p->isNamed) continue;
      for (int atom = atomOf[p->low]; atom <= atomOf[p->high]; atom++) put(&rule[r].plain, atom);
    }
    if (rule[r].isEveryPort) rule[r].plain = everyPort;
    if (rule[r].hasNames) {
      rule[r].byNames = many((size_t)namings, sizeof(Ports));
      for (int n = 0; n < namings; n++) rule[r].byNames[n] = reckoned(&rule[r], ofNaming[n]);
    }
    if (rule[r].isEgress || !policy[rule[r].policy].holdsIngress) continue;
    if (rule[r].isAnyone) {
      add(&lettingEveryone, r);
      continue;
    }
    List *sources = named(&rule[r], &list);
    for (int k = 0; k < sources->count; k++) add(&lettingIn[sources->at[k]], r);
  }

  Ports *in = many((size_t)pods, sizeof *in), *out = many((size_t)pods, sizeof *out);
  // What everyone may ask of a held class stands in `everyone` all the time.
  Ports *everyone = many((size_t)pods, sizeof *everyone);
  List reached = {0}, asked = {0};
  u64 freePods = 0, everyonePairs = 0, everyonePlaces = 0;
  for (int k = 0; k < lettingEveryone.count; k++) {
    Rule *r = &rule[lettingEveryone.at[k]];
    List *subjects = &chosen[policy[r->policy].subject];
    for (int i = 0; i < subjects->count; i++)
      everyone[subjects->at[i]] = either(everyone[subjects->at[i]], opened(r, subjects->at[i]));
  }
  for (int i = 0; i < pods; i++) {
    u64 size = (u64)members[i];
    if (!isHeld[i]) freePods += size;
    if (isHeld[i] && !isNone(everyone[i])) everyonePairs += size, everyonePlaces += size * weight(everyone[i]);
  }

  u64 pairs = 0, places = 0, whole = weight(everyPort);
  for (int pod = 0; pod < pods; pod++) {
    u64 classPairs = 0, classPlaces = 0, size = (u64)members[pod];
    reached.count = asked.count = 0;
    for (int k = 0; k < lettingIn[pod].count; k++) {
      Rule *r = &rule[lettingIn[pod].at[k]];
      List *subjects = &chosen[policy[r->policy].subject];
      for (int i = 0; i < subjects->count; i++) {
        int other = subjects->at[i];
        Ports more = opened(r, other);
        if (isNone(more)) continue;
        if (isNone(in[other])) add(&reached, other);
        in[other] = either(in[other], more);
      }
    }
    int isHolding = holding[pod].count > 0;
    if (!isHolding) {
      classPairs = freePods + everyonePairs;
      classPlaces = freePods * whole + everyonePlaces;
      for (int k = 0; k < reached.count; k++) {
        int other = reached.at[k];
        Ports sum = either(in[other], everyone[other]);
        if (isNone(everyone[other])) classPairs += (u64)members[other];
        classPlaces += (u64)members[other] * (weight(sum) - weight(everyone[other]));
      }
    } else {
      for (int k = 0; k < holding[pod].count; k++) {
        Policy *p = &policy[holding[pod].at[k]];
        for (int j = p->firstRule; j < p->firstRule + p->rules; j++) {
          if (!rule[j].isEgress) continue;
          List *targets = named(&rule[j], &list);
          for (int i = 0; i < targets->count; i++) {
            int other = targets->at[i];
            Ports more = opened(&rule[j], other);
            if (isNone(more)) continue;
            if (isNone(out[other])) add(&asked, other);
            out[other] = either(out[other], more);
          }
        }
      }
      for (int k = 0; k < asked.count; k++) {
        int other = asked.at[k];
        Ports open = out[other];
        if (isHeld[other]) open = both(open, either(in[other], everyone[other]));
        if (isNone(open)) continue;
        classPairs += (u64)members[other], classPlaces += (u64)members[other] * weight(open);
      }
    }
    // A pod and itself are no pair.
    Ports open = isHolding ? out[pod] : everyPort;
    if (isHeld[pod]) open = both(open, either(in[pod], everyone[pod]));
    pairs += size * (classPairs - !isNone(open));
    places += size * (classPlaces - weight(open));
    for (int k = 0; k < reached.count; k++) in[reached.at[k]] = (Ports){0, 0};
    for (int k = 0; k < asked.count; k++) out[asked.at[k]] = (Ports){0, 0};
  }
  printf("answer %" PRIu64 " pairs, %" PRIu64 " open ports\ncpu %.6f\n", pairs, places, cpu() - start);
  fprintf(stderr, "%d classes, %d atoms\n", pods, atoms);
  return 0;
}
