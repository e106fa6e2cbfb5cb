#pragma once
// The system's C library under one name on every platform, with what Swift cannot import from it: variadic functions, and macros that
// are more than a number.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

// `errno`.
static inline int system_error(void) { return errno; }
static inline void set_system_error(int code) { errno = code; }
// `open`, and `fcntl` with and without an argument.
static inline int system_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }
static inline int descriptor_flags(int descriptor, int command) { return fcntl(descriptor, command); }
static inline int set_descriptor_flags(int descriptor, int command, int flags) { return fcntl(descriptor, command, flags); }
// The signal does nothing from now on.
static inline void ignore_signal(int number) { signal(number, SIG_IGN); }
// What kind of file `st_mode` tells of: S_IFREG, S_IFDIR, ...
static inline int file_kind(mode_t mode) { return (int)(mode & S_IFMT); }
// When a file was last written to, in seconds since 1970; its member has another name on macOS.
static inline time_t modification_time(const struct stat *status) { return status->st_mtime; }
// The name in an entry of a folder: as a value Swift copies 256 bytes of it, of which the entry may have fewer.
static inline const char *entry_name(const struct dirent *entry) { return entry->d_name; }
// Columns of the terminal behind a descriptor; 0 where it is none or does not say.
static inline int terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
// Its lines, likewise.
static inline int terminal_rows(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}
// From now on a crash (not a signal that asks to end) leaves `words` on standard error and, unless it is empty, `line` on standard
// output, whose thirteen `digits` become the time in ms. Then it takes its course.
void tell_of_crashes(const char *words, const char *line, const char *digits);
// Whether standard output may stand in the midst of a line.
void output_is_within_line(int within);
// Lets the process open `wanted` descriptors if it may; returns how many it may now.
long raise_descriptor_limit(long wanted);
// The most address space that the process may take, in bytes.
long memory_limit(void);
// The variables of the process, to hand on to a child.
static inline char *const *process_environment(void) { return environ; }
