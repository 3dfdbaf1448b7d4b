// A module of C needs a source; the one function of this one is in libFuzzer.
#include "CFuzzer.h"
