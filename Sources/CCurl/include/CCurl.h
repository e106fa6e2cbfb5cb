#pragma once
#include <curl/curl.h>
#include <stdint.h>

// libcurl without being linked to it: the system's library is loaded when the first request is to be made.
//
// Its some thirty libraries take the system's loader longer than all of `spec` takes without them. It also lets `spec` and `--help`
// work where libcurl is missing, and makes the rest say so in words instead of the loader's.
//
// libcurl's types and constants come from its own header. Its functions are called through those below, which do nothing else, or pin
// one argument type where libcurl is variadic, which Swift does not import. Before any of them rc_load must have returned NULL.

// Loads libcurl, once for the process and not from two threads at once. NULL, or why it cannot be used; the text stays valid.
const char *rc_load(void);

CURL *rc_easy_init(void);
void rc_easy_cleanup(CURL *easy);
const char *rc_easy_strerror(CURLcode code);
struct curl_slist *rc_slist_append(struct curl_slist *list, const char *text);
void rc_slist_free_all(struct curl_slist *list);

CURLcode rc_set_long(CURL *easy, CURLoption option, long value);
CURLcode rc_set_offset(CURL *easy, CURLoption option, int64_t value);
// libcurl copies the text.
CURLcode rc_set_text(CURL *easy, CURLoption option, const char *value);
// Refuses every scheme but http and https.
CURLcode rc_allow_web_only(CURL *easy);
// Trusts the authorities of a PEM text instead of the default bundle; libcurl copies it. Older ones than 7.77, and those that were
// built with GnuTLS, cannot and return an error.
CURLcode rc_set_authorities(CURL *easy, const char *pem);
// libcurl keeps the pointer.
CURLcode rc_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode rc_set_headers(CURL *easy, struct curl_slist *list);
// The type of both CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
typedef size_t (*rc_data_callback)(char *data, size_t size, size_t count, void *context);
CURLcode rc_set_data_callback(CURL *easy, CURLoption option, rc_data_callback callback);
long rc_get_long(CURL *easy, CURLINFO info);
int64_t rc_get_offset(CURL *easy, CURLINFO info);

CURLM *rc_multi_init(void);
CURLMcode rc_multi_cleanup(CURLM *multi);
CURLMcode rc_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode rc_multi_remove_handle(CURLM *multi, CURL *easy);
CURLMcode rc_multi_set_long(CURLM *multi, CURLMoption option, long value);
// What to watch, and when to call without anything to watch. The context goes to both.
void rc_multi_set_callbacks(CURLM *multi, curl_socket_callback watch, curl_multi_timer_callback timer, void *context);
CURLMcode rc_multi_socket_action(CURLM *multi, curl_socket_t socket, int events, int *running);
CURLMsg *rc_multi_info_read(CURLM *multi, int *remaining);
// The result of a finished transfer lies in a union.
CURLcode rc_message_result(const CURLMsg *message);
// CURL_SOCKET_TIMEOUT is a cast, which Swift does not import.
static const curl_socket_t rc_no_socket = CURL_SOCKET_TIMEOUT;
