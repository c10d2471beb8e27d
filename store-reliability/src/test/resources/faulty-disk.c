/*
 * A disk that fails on demand, with the image that a power cut leaves. Loaded with LD_PRELOAD.
 *
 * FAULTY_DISK_DIRECTORY  only files in this directory are affected, by their real path
 * FAULTY_DISK_CONTROL    a file with "CALL SUFFIX FAULT EVERY", or an empty one: every EVERYth CALL (sync, write,
 *                        truncate) on a file whose name ends with SUFFIX, or only the first call if EVERY is 0, gets
 *                        the FAULT: eio (nothing is done), torn (half is written, then EIO), short (half is written,
 *                        and the call returns that)
 * FAULTY_DISK_JOURNAL    a file that gets a line "CALL NAME" for each fault of a call, and a line "directory PATH" for
 *                        each synced directory
 * FAULTY_DISK_IMAGE      a directory to which synced writes are copied. A failed sync drops them, as Linux does: it
 *                        marks the pages clean, and the next sync reports success
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct change {
    struct change *next;
    char name[256];
    off_t offset;
    ssize_t length; /* -1: the file ends at the offset */
    char data[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct change *first, **last = &first;
static unsigned long calls;

static void *real(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

static void record(const char *kind, const char *what) {
    ssize_t (*write_on)(int, const void *, size_t) = real("write");
    const char *journal = getenv("FAULTY_DISK_JOURNAL");
    char line[4400];
    if (!journal) return;
    int length = snprintf(line, sizeof line, "%s %s\n", kind, what);
    int fd = open(journal, O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (fd < 0 || write_on(fd, line, length) != length) abort();
    close(fd);
}

static int path_of(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return 1;
}

static int is_directory(int fd) {
    struct stat status;
    return fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Returns whether the file is in the directory, and its name. */
static int ours(int fd, char *name) {
    const char *directory = getenv("FAULTY_DISK_DIRECTORY");
    char path[4096];
    if (!directory || !path_of(fd, path, sizeof path)) return 0;
    char *slash = strrchr(path, '/');
    if (!slash || strlen(slash) > 255) return 0;
    *slash = 0;
    strcpy(name, slash + 1);
    return strcmp(path, directory) == 0;
}

static int is_due(unsigned long call, unsigned long every) {
    return every == 0 ? call == 1 : call % every == 0;
}

/* The fault of this call, or an empty string. */
static void fault_of(const char *call, const char *name, char *fault) {
    char text[256] = "", wanted[32], suffix[128];
    unsigned long every;
    int fd = open(getenv("FAULTY_DISK_CONTROL"), O_RDONLY);
    fault[0] = 0;
    if (fd < 0) return;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0 || sscanf(text, "%31s %127s %15s %lu", wanted, suffix, fault, &every) != 4
            || strcmp(wanted, call) != 0 || strlen(name) < strlen(suffix)
            || strcmp(name + strlen(name) - strlen(suffix), suffix) != 0
            || !is_due(__sync_add_and_fetch(&calls, 1), every)) {
        fault[0] = 0;
    } else {
        record(call, name);
    }
}

static void remember(const char *name, off_t offset, ssize_t length, const void *data) {
    if (!getenv("FAULTY_DISK_IMAGE")) return;
    struct change *change = malloc(sizeof *change + (length > 0 ? length : 0));
    if (!change) abort();
    change->next = NULL;
    strcpy(change->name, name);
    change->offset = offset;
    change->length = length;
    if (length > 0) memcpy(change->data, data, length);
    pthread_mutex_lock(&lock);
    *last = change;
    last = &change->next;
    pthread_mutex_unlock(&lock);
}

static void apply(struct change *change, int image) {
    ssize_t (*write_at)(int, const void *, size_t, off_t) = real("pwrite64");
    int (*truncate_at)(int, off_t) = real("ftruncate64");
    if (change->length < 0 ? truncate_at(image, change->offset) != 0
                           : write_at(image, change->data, change->length, change->offset) != change->length) abort();
}

/* The writes to a file are on its disk, or, after a failed sync, lost for ever. */
static void settle(const char *name, int synced) {
    char path[4096];
    const char *directory = getenv("FAULTY_DISK_IMAGE");
    if (!directory) return;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    pthread_mutex_lock(&lock);
    int image = open(path, O_RDWR | O_CREAT, 0600);
    if (image < 0) abort();
    for (struct change **at = &first; *at;) {
        struct change *change = *at;
        if (strcmp(change->name, name) != 0) {
            at = &change->next;
            continue;
        }
        if (synced) apply(change, image);
        *at = change->next;
        free(change);
    }
    for (last = &first; *last;) last = &(*last)->next;
    close(image);
    pthread_mutex_unlock(&lock);
}

/* A synced directory keeps the names in it. */
static int sync_directory(int fd, int (*next)(int)) {
    const char *directory = getenv("FAULTY_DISK_DIRECTORY");
    size_t length = directory ? strlen(directory) : 0;
    char path[4096];
    int failed = next(fd);
    if (!failed && length && path_of(fd, path, sizeof path) && strncmp(path, directory, length) == 0
            && (path[length] == 0 || path[length] == '/')) record("directory", path);
    return failed;
}

static int sync_file(int fd, const char *function) {
    char name[256], fault[16];
    int (*next)(int) = real(function);
    if (is_directory(fd)) return sync_directory(fd, next);
    if (!ours(fd, name)) return next(fd);
    fault_of("sync", name, fault);
    int failed = fault[0] ? -1 : next(fd);
    settle(name, failed == 0);
    if (fault[0]) errno = EIO;
    return failed;
}

int fsync(int fd) { return sync_file(fd, "fsync"); }
int fdatasync(int fd) { return sync_file(fd, "fdatasync"); }

static ssize_t write_file(int fd, const void *data, size_t length, off_t offset) {
    char name[256], fault[16];
    ssize_t (*write_at)(int, const void *, size_t, off_t) = real("pwrite64");
    ssize_t (*write_on)(int, const void *, size_t) = real("write");
    if (!ours(fd, name)) return offset < 0 ? write_on(fd, data, length) : write_at(fd, data, length, offset);
    fault_of("write", name, fault);
    if (strcmp(fault, "eio") == 0) {
        errno = EIO;
        return -1;
    }
    off_t start = offset < 0 ? lseek(fd, 0, SEEK_CUR) : offset;
    size_t part = fault[0] && length > 1 ? length / 2 : length;
    ssize_t written = offset < 0 ? write_on(fd, data, part) : write_at(fd, data, part, offset);
    if (written > 0) remember(name, start, written, data);
    if (strcmp(fault, "torn") == 0) {
        errno = EIO;
        return -1;
    }
    return written;
}

ssize_t write(int fd, const void *data, size_t length) { return write_file(fd, data, length, -1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return write_file(fd, data, length, offset); }
ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) { return write_file(fd, data, length, offset); }

static int truncate_file(int fd, off_t size) {
    char name[256], fault[16];
    int (*next)(int, off_t) = real("ftruncate64");
    if (!ours(fd, name)) return next(fd, size);
    fault_of("truncate", name, fault);
    if (fault[0]) {
        errno = EIO;
        return -1;
    }
    int failed = next(fd, size);
    if (!failed) remember(name, size, -1, NULL);
    return failed;
}

int ftruncate(int fd, off_t size) { return truncate_file(fd, size); }
int ftruncate64(int fd, off_t size) { return truncate_file(fd, size); }

/* A removed name is gone at once, with its unsynced writes. */
int unlink(const char *file) {
    int (*next)(const char *) = real("unlink");
    const char *directory = getenv("FAULTY_DISK_DIRECTORY"), *image = getenv("FAULTY_DISK_IMAGE");
    size_t length = directory ? strlen(directory) : 0;
    int failed = next(file);
    if (!failed && image && length && strncmp(file, directory, length) == 0 && file[length] == '/'
            && !strchr(file + length + 1, '/')) {
        char path[4096];
        settle(file + length + 1, 0);
        snprintf(path, sizeof path, "%s%s", image, file + length);
        next(path);
    }
    return failed;
}
