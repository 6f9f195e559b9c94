/* Writes down what a process does to the files of one folder, in order: beneath SQLite, beneath Python.
 *
 * Loaded with LD_PRELOAD. POWER_FOLDER is the folder, POWER_LOG the file of records. A record is a line
 *     operation <TAB> path <TAB> offset <TAB> length <NEWLINE>
 * followed by so many bytes of data; "rename" and "link" have the new path as their data. Each operation and its
 * record are one step, so that the order of the records is the order of the operations.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 4096
#define EXPORTED __attribute__((visibility("default")))
#define NEXT(result, name, ...) \
    static result (*next)(__VA_ARGS__); \
    if (!next) next = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static char *paths[FILES];
static int appends[FILES];
static int log_file = -1;
static pthread_mutex_t step = PTHREAD_MUTEX_INITIALIZER;

static ssize_t plain_write(int file, const void *data, size_t length) {
    NEXT(ssize_t, "write", int, const void *, size_t);
    return next(file, data, length);
}

static int plain_open(const char *path, int flags, mode_t mode) {
    NEXT(int, "open", const char *, int, ...);
    return next(path, flags, mode);
}

/* The path below the folder; NULL for what lies elsewhere. */
static const char *below(const char *path, char *buffer) {
    const char *folder = getenv("POWER_FOLDER");
    if (!folder || !path) return NULL;
    if (path[0] != '/') {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return NULL;
        if (snprintf(buffer, PATH_MAX, "%s/%s", here, path) >= PATH_MAX) return NULL;
        path = buffer;
    }
    size_t length = strlen(folder);
    if (strncmp(path, folder, length) || path[length] != '/') return NULL;
    return path + length + 1;
}

static void record(const char *operation, const char *path, long long offset, const void *data, size_t length) {
    char line[PATH_MAX + 64];
    if (log_file < 0) log_file = plain_open(getenv("POWER_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int size = snprintf(line, sizeof line, "%s\t%s\t%lld\t%zu\n", operation, path, offset, length);
    if (plain_write(log_file, line, size) != size) abort();
    if (length && plain_write(log_file, data, length) != (ssize_t)length) abort();
}

static const char *known(int file) { return file >= 0 && file < FILES ? paths[file] : NULL; }

static int opened(int file, const char *path, int flags, int is_new) {
    char buffer[PATH_MAX];
    const char *name = below(path, buffer);
    if (file < 0 || file >= FILES || !name) return file;
    free(paths[file]);
    paths[file] = strdup(name);
    appends[file] = flags & O_APPEND;
    if (is_new) record("create", name, 0, NULL, 0);
    else if (flags & O_TRUNC) record("truncate", name, 0, NULL, 0);
    return file;
}

#define OPENS(function) \
    EXPORTED int function(const char *path, int flags, ...) { \
        NEXT(int, #function, const char *, int, ...); \
        va_list given; va_start(given, flags); mode_t mode = va_arg(given, mode_t); va_end(given); \
        pthread_mutex_lock(&step); \
        int is_new = (flags & O_CREAT) && access(path, F_OK) != 0; \
        int file = opened(next(path, flags, mode), path, flags, is_new); \
        pthread_mutex_unlock(&step); \
        return file; \
    }
OPENS(open)
OPENS(open64)

EXPORTED int close(int file) {
    NEXT(int, "close", int);
    pthread_mutex_lock(&step);
    if (known(file)) { free(paths[file]); paths[file] = NULL; }
    int done = next(file);
    pthread_mutex_unlock(&step);
    return done;
}

#define WRITES_AT(function, offset_type) \
    EXPORTED ssize_t function(int file, const void *data, size_t length, offset_type offset) { \
        NEXT(ssize_t, #function, int, const void *, size_t, offset_type); \
        if (!known(file)) return next(file, data, length, offset); \
        pthread_mutex_lock(&step); \
        ssize_t done = next(file, data, length, offset); \
        if (done > 0) record("write", paths[file], offset, data, done); \
        pthread_mutex_unlock(&step); \
        return done; \
    }
WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

EXPORTED ssize_t write(int file, const void *data, size_t length) {
    if (!known(file)) return plain_write(file, data, length);
    pthread_mutex_lock(&step);
    struct stat found;
    long long offset = lseek(file, 0, SEEK_CUR);
    if (appends[file] && fstat(file, &found) == 0) offset = found.st_size;
    ssize_t done = plain_write(file, data, length);
    if (done > 0) record("write", paths[file], offset, data, done);
    pthread_mutex_unlock(&step);
    return done;
}

#define CUTS(function, offset_type) \
    EXPORTED int function(int file, offset_type length) { \
        NEXT(int, #function, int, offset_type); \
        pthread_mutex_lock(&step); \
        int done = next(file, length); \
        if (done == 0 && known(file)) record("truncate", paths[file], length, NULL, 0); \
        pthread_mutex_unlock(&step); \
        return done; \
    }
CUTS(ftruncate, off_t)
CUTS(ftruncate64, off64_t)

/* A folder is opened to be synced, too: its own name is empty then. */
#define SYNCS(function) \
    EXPORTED int function(int file) { \
        NEXT(int, #function, int); \
        char link[64], path[PATH_MAX], buffer[PATH_MAX]; \
        pthread_mutex_lock(&step); \
        int done = next(file); \
        snprintf(link, sizeof link, "/proc/self/fd/%d", file); \
        ssize_t length = readlink(link, path, sizeof path - 1); \
        if (done == 0 && length > 0) { \
            path[length] = 0; \
            const char *folder = getenv("POWER_FOLDER"), *name = below(path, buffer); \
            if (name) record("sync", name, 0, NULL, 0); \
            else if (folder && !strcmp(path, folder)) record("sync", ".", 0, NULL, 0); \
        } \
        pthread_mutex_unlock(&step); \
        return done; \
    }
SYNCS(fsync)
SYNCS(fdatasync)

EXPORTED int unlink(const char *path) {
    NEXT(int, "unlink", const char *);
    char buffer[PATH_MAX];
    pthread_mutex_lock(&step);
    int done = next(path);
    const char *name = below(path, buffer);
    if (done == 0 && name) record("unlink", name, 0, NULL, 0);
    pthread_mutex_unlock(&step);
    return done;
}

#define NAMES_ANEW(function) \
    EXPORTED int function(const char *path, const char *to) { \
        NEXT(int, #function, const char *, const char *); \
        char one[PATH_MAX], other[PATH_MAX]; \
        pthread_mutex_lock(&step); \
        int done = next(path, to); \
        const char *from = below(path, one), *there = below(to, other); \
        if (done == 0 && from && there) record(#function, from, 0, there, strlen(there)); \
        pthread_mutex_unlock(&step); \
        return done; \
    }
NAMES_ANEW(rename)
NAMES_ANEW(link)
