#include "CSystem.h"

// In C, because a signal may come in the midst of anything: nothing here takes memory or a lock.

static struct {
    char line[1024];
    size_t line_length;
    size_t stamp;
    char words[512];
    size_t words_length;
} told;
static struct sigaction former[64];
static volatile sig_atomic_t has_told;
static volatile sig_atomic_t is_within_line;

static const int numbers[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
enum { count = sizeof numbers / sizeof *numbers };

static void put(int descriptor, const char *text, size_t length) {
    while (length > 0) {
        ssize_t written = write(descriptor, text, length);
        if (written <= 0) return;
        text += written;
        length -= (size_t)written;
    }
}

static void stamp(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    long long milliseconds = now.tv_sec * 1000LL + now.tv_nsec / 1000000;
    for (size_t place = 13; place > 0; place--, milliseconds /= 10)
        told.line[told.stamp + place - 1] = (char)('0' + milliseconds % 10);
}

static void tell(int number) {
    if (!has_told) {
        has_told = 1;
        if (told.line_length > 0) {
            stamp();
            if (is_within_line) put(1, "\n", 1);
            put(1, told.line, told.line_length);
        }
        put(2, told.words, told.words_length);
    }
    // What would have happened otherwise happens when this returns.
    sigaction(number, &former[number], NULL);
    raise(number);
}

void tell_of_crashes(const char *words, const char *line, const char *digits) {
    told.words_length = strlen(words) < sizeof told.words ? strlen(words) : 0;
    memcpy(told.words, words, told.words_length);
    const char *place = strstr(line, digits);
    if (place != NULL && strlen(digits) == 13 && strlen(line) < sizeof told.line) {
        told.line_length = strlen(line);
        told.stamp = (size_t)(place - line);
        memcpy(told.line, line, told.line_length);
    }
    // A stack that has run over has no room for the handler.
    static char space[64 * 1024];
    stack_t present, stack = {.ss_sp = space, .ss_size = sizeof space};
    if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE) != 0) sigaltstack(&stack, NULL);
    for (int index = 0; index < count; index++) {
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_handler = tell;
        action.sa_flags = SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        sigaction(numbers[index], &action, &former[numbers[index]]);
    }
}

void output_is_within_line(int within) { is_within_line = within; }

long memory_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur > LONG_MAX) return LONG_MAX;
    return (long)limit.rlim_cur;
}

long raise_descriptor_limit(long wanted) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    if (limit.rlim_cur < (rlim_t)wanted) {
        limit.rlim_cur = limit.rlim_max < (rlim_t)wanted ? limit.rlim_max : (rlim_t)wanted;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur > LONG_MAX ? LONG_MAX : (long)limit.rlim_cur;
}
