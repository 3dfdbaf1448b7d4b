#include <stddef.h>
#include <stdint.h>

// libFuzzer's loop; it comes with the compiler, but without a header. It never returns when it has found something.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*try_one)(const uint8_t *bytes, size_t count));

// Glibc has it and shows it only to who asks for GNU's own.
int memfd_create(const char *name, unsigned int flags);
