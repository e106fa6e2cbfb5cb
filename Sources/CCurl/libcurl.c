#include "CCurl.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#define FUNCTIONS(each)                                                                                                \
    each(curl_global_init) each(curl_easy_init) each(curl_easy_cleanup) each(curl_easy_strerror)                       \
    each(curl_easy_setopt) each(curl_easy_getinfo) each(curl_slist_append) each(curl_slist_free_all)                   \
    each(curl_multi_init) each(curl_multi_cleanup) each(curl_multi_add_handle) each(curl_multi_remove_handle)          \
    each(curl_multi_setopt) each(curl_multi_socket_action) each(curl_multi_info_read)

// The functions as libcurl's header declares them.
#define MEMBER(name) __typeof__(name) *name;
static struct {
    FUNCTIONS(MEMBER)
} library;

// Debian and Ubuntu also have libcurl with GnuTLS, under a name of its own; many slim systems have only that one.
#ifdef __APPLE__
static const char *const names[] = {"libcurl.4.dylib"};
#else
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif

static const char *load(void) {
    void *handle = NULL;
    static char reason[256];
    for (size_t index = 0; handle == NULL && index < sizeof names / sizeof *names; index++) {
        handle = dlopen(names[index], RTLD_LAZY | RTLD_LOCAL);
        // What the usual name says tells most.
        if (handle == NULL && index == 0) strncpy(reason, dlerror(), sizeof reason - 1);
    }
    if (handle == NULL) return reason;
#define FIND(name)                                                                                                     \
    library.name = (__typeof__(name) *)dlsym(handle, #name);                                                           \
    if (library.name == NULL) return "the library does not have the function " #name;
    FUNCTIONS(FIND)
    // libcurl wants its global set-up once, before any other call.
    CURLcode code = library.curl_global_init(CURL_GLOBAL_ALL);
    return code == CURLE_OK ? NULL : library.curl_easy_strerror(code);
}

const char *rc_load(void) {
    static int is_done;
    static const char *failure;
    if (!is_done) failure = load();
    is_done = 1;
    return failure;
}

CURL *rc_easy_init(void) { return library.curl_easy_init(); }
void rc_easy_cleanup(CURL *easy) { library.curl_easy_cleanup(easy); }
const char *rc_easy_strerror(CURLcode code) { return library.curl_easy_strerror(code); }
struct curl_slist *rc_slist_append(struct curl_slist *list, const char *text) {
    return library.curl_slist_append(list, text);
}
void rc_slist_free_all(struct curl_slist *list) { library.curl_slist_free_all(list); }

CURLcode rc_set_long(CURL *easy, CURLoption option, long value) {
    return library.curl_easy_setopt(easy, option, value);
}
CURLcode rc_set_offset(CURL *easy, CURLoption option, int64_t value) {
    return library.curl_easy_setopt(easy, option, (curl_off_t)value);
}
CURLcode rc_set_text(CURL *easy, CURLoption option, const char *value) {
    return library.curl_easy_setopt(easy, option, value);
}
// By number what the header has only since 7.77, since 7.85 and, without a warning, until 7.84: the header may be older than the
// library, or newer.
static const CURLoption authorities_text = (CURLoption)(CURLOPTTYPE_BLOB + 309);
static const CURLoption protocols_text = (CURLoption)(CURLOPTTYPE_STRINGPOINT + 318);
static const CURLoption protocols_bits = (CURLoption)(CURLOPTTYPE_LONG + 181);

CURLcode rc_allow_web_only(CURL *easy) {
    CURLcode code = library.curl_easy_setopt(easy, protocols_text, "http,https");
    return code == CURLE_OK ? code : library.curl_easy_setopt(easy, protocols_bits, 1L << 0 | 1L << 1);
}
CURLcode rc_set_authorities(CURL *easy, const char *pem) {
    struct curl_blob blob = {(void *)pem, strlen(pem), CURL_BLOB_COPY};
    return library.curl_easy_setopt(easy, authorities_text, &blob);
}
CURLcode rc_set_pointer(CURL *easy, CURLoption option, void *value) {
    return library.curl_easy_setopt(easy, option, value);
}
CURLcode rc_set_headers(CURL *easy, struct curl_slist *list) {
    return library.curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}
CURLcode rc_set_data_callback(CURL *easy, CURLoption option, rc_data_callback callback) {
    return library.curl_easy_setopt(easy, option, callback);
}
long rc_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    library.curl_easy_getinfo(easy, info, &value);
    return value;
}
int64_t rc_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = -1;
    library.curl_easy_getinfo(easy, info, &value);
    return (int64_t)value;
}

CURLM *rc_multi_init(void) { return library.curl_multi_init(); }
CURLMcode rc_multi_cleanup(CURLM *multi) { return library.curl_multi_cleanup(multi); }
CURLMcode rc_multi_add_handle(CURLM *multi, CURL *easy) { return library.curl_multi_add_handle(multi, easy); }
CURLMcode rc_multi_remove_handle(CURLM *multi, CURL *easy) { return library.curl_multi_remove_handle(multi, easy); }
CURLMcode rc_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return library.curl_multi_setopt(multi, option, value);
}
void rc_multi_set_callbacks(CURLM *multi, curl_socket_callback watch, curl_multi_timer_callback timer, void *context) {
    library.curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch);
    library.curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    library.curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    library.curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}
CURLMcode rc_multi_socket_action(CURLM *multi, curl_socket_t socket, int events, int *running) {
    return library.curl_multi_socket_action(multi, socket, events, running);
}
CURLMsg *rc_multi_info_read(CURLM *multi, int *remaining) { return library.curl_multi_info_read(multi, remaining); }
CURLcode rc_message_result(const CURLMsg *message) { return message->data.result; }
