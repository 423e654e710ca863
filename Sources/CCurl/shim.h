#pragma once
#include <curl/curl.h>

// Swift cannot call C functions with variable arguments. Each wrapper fixes the type of the argument that libcurl
// expects for a group of options; nothing else is decided here.

// Options that take a long.
static inline CURLcode mailconnect_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

// Options that take a text, which libcurl copies; NULL resets the option.
static inline CURLcode mailconnect_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

// Options that take a context, a buffer or a handle, which libcurl does not copy.
static inline CURLcode mailconnect_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

// Options that take a list, which must live as long as the handle.
static inline CURLcode mailconnect_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

// The body and header callbacks.
static inline CURLcode mailconnect_curl_set_reader(CURL *easy, CURLoption option, curl_write_callback value) {
    return curl_easy_setopt(easy, option, value);
}

// The callback that opens sockets.
static inline CURLcode mailconnect_curl_set_opener(CURL *easy, curl_opensocket_callback value) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

// The callback that gets OpenSSL's context of a new connection.
static inline CURLcode mailconnect_curl_set_tls(CURL *easy, curl_ssl_ctx_callback value) {
    return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, value);
}

// A request body, which libcurl copies. The length must be known before the octets.
static inline CURLcode mailconnect_curl_set_body(CURL *easy, const void *octets, curl_off_t length) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, length);
    if (code != CURLE_OK) return code;
    return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, length > 0 ? octets : "");
}

// Facts that are a long.
static inline CURLcode mailconnect_curl_get_long(CURL *easy, CURLINFO fact, long *value) {
    return curl_easy_getinfo(easy, fact, value);
}

// Facts that are a curl_off_t, such as times in microseconds.
static inline CURLcode mailconnect_curl_get_offset(CURL *easy, CURLINFO fact, curl_off_t *value) {
    return curl_easy_getinfo(easy, fact, value);
}

// Options of a multi handle that take a long.
static inline CURLMcode mailconnect_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}
