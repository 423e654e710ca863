#pragma once

// What Linux offers a process for itself and Swift cannot call: functions with variable arguments, and those that the C
// library declares for GNU sources only.

#include <linux/memfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// No core is written, and no process of the same user may read the memory (prctl(2), PR_SET_DUMPABLE).
static inline int mc_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

static inline int mc_allows_dumps(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }

// What debuggers show for this thread; at most 15 octets are kept (prctl(2), PR_SET_NAME).
static inline int mc_name_thread(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }

// A file without a name, in memory, closed when a program is executed (memfd_create(2)).
static inline int mc_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC); }
