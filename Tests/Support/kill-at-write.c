// Loaded before the C library into a process that is to die at a chosen moment.
//
// Every call below changes the world: a file, its name, or what the other side of a connection sees. They are counted,
// and the one that AUDIT_KILL_AT names is not carried out (or, with AUDIT_KILL_TORN, is carried out by half); the
// process kills itself with SIGKILL in its place. AUDIT_KILL_COUNT names a file for the number of calls of a process
// that ended by itself.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static long last;
static int torn;

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("AUDIT_KILL_AT");
    last = at ? atol(at) : 0;
    torn = getenv("AUDIT_KILL_TORN") != NULL;
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("AUDIT_KILL_COUNT");
    if (!path) return;
    FILE *file = fopen(path, "w");
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&calls));
    fclose(file);
}

static int is_last(void) { return atomic_fetch_add(&calls, 1) + 1 == last; }

static void die(void) {
    kill(getpid(), SIGKILL);
    // The signal is on its way; nothing more must happen here.
    for (;;) pause();
}

// The next definition of the name, looked up once.
#define NEXT(result, name, ...) \
    static result (*next)(__VA_ARGS__); \
    if (!next) next = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *bytes, size_t count) {
    NEXT(ssize_t, write, int, const void *, size_t);
    if (is_last()) {
        if (torn) next(file, bytes, count / 2);
        die();
    }
    return next(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    NEXT(ssize_t, pwrite, int, const void *, size_t, off_t);
    if (is_last()) {
        if (torn) next(file, bytes, count / 2, offset);
        die();
    }
    return next(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    NEXT(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    if (is_last()) {
        if (torn) next(file, bytes, count / 2, offset);
        die();
    }
    return next(file, bytes, count, offset);
}

#define COUNTED(result, name, parameters, arguments) \
    result name parameters { \
        static result (*next) parameters; \
        if (!next) next = (result (*) parameters)dlsym(RTLD_NEXT, #name); \
        if (is_last()) die(); \
        return next arguments; \
    }

COUNTED(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count))
COUNTED(ssize_t, send, (int file, const void *bytes, size_t count, int flags), (file, bytes, count, flags))
COUNTED(ssize_t, sendmsg, (int file, const struct msghdr *message, int flags), (file, message, flags))
COUNTED(int, fsync, (int file), (file))
COUNTED(int, fdatasync, (int file), (file))
COUNTED(int, ftruncate, (int file, off_t size), (file, size))
COUNTED(int, ftruncate64, (int file, off64_t size), (file, size))
COUNTED(int, rename, (const char *from, const char *to), (from, to))
COUNTED(int, link, (const char *from, const char *to), (from, to))
COUNTED(int, unlink, (const char *path), (path))
