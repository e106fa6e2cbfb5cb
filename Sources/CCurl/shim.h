#pragma once
#include <curl/curl.h>
#include <stdint.h>
#include <string.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, and Swift does not import variadic C
// functions. Each function here pins one argument type; the caller picks the option. This header is the only C.

static inline CURLcode rc_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode rc_set_offset(CURL *easy, CURLoption option, int64_t value) {
    return curl_easy_setopt(easy, option, (curl_off_t)value);
}
// libcurl copies the text.
static inline CURLcode rc_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
// Trusts the authorities of a PEM text instead of the default bundle; libcurl (7.77 or newer) copies it.
static inline CURLcode rc_set_authorities(CURL *easy, const char *pem) {
    struct curl_blob blob = {(void *)pem, strlen(pem), CURL_BLOB_COPY};
    return curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
}
// libcurl keeps the pointer.
static inline CURLcode rc_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode rc_set_headers(CURL *easy, struct curl_slist *list) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}
// The type of both CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
typedef size_t (*rc_data_callback)(char *data, size_t size, size_t count, void *context);
static inline CURLcode rc_set_data_callback(CURL *easy, CURLoption option, rc_data_callback callback) {
    return curl_easy_setopt(easy, option, callback);
}
static inline long rc_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}
static inline int64_t rc_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = -1;
    curl_easy_getinfo(easy, info, &value);
    return (int64_t)value;
}
static inline CURLMcode rc_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}
// The result of a finished transfer lies in a union.
static inline CURLcode rc_message_result(const CURLMsg *message) {
    return message->data.result;
}
// What to watch, and when to call without anything to watch. The context goes to both.
static inline void rc_multi_set_callbacks(CURLM *multi, curl_socket_callback watch, curl_multi_timer_callback timer,
                                          void *context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}
// CURL_SOCKET_TIMEOUT is a cast, which Swift does not import.
static const curl_socket_t rc_no_socket = CURL_SOCKET_TIMEOUT;
