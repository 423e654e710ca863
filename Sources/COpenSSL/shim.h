#pragma once

// OpenSSL as Swift can see it. Plain functions import by themselves; the `static inline` functions below stand in for
// function-like macros and for the typed stacks, and do nothing else. All of them exist in OpenSSL 3.0 and later.

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// TLS

static inline int mc_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_min_proto_version(context, version);
}

static inline int mc_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_max_proto_version(context, version);
}

static inline int mc_SSL_set_tlsext_host_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline int mc_SSL_ask_for_ocsp_staple(SSL *ssl) {
    return (int)SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp);
}

static inline long mc_SSL_ocsp_staple(SSL *ssl, const unsigned char **octets) {
    return SSL_get_tlsext_status_ocsp_resp(ssl, octets);
}

static inline int mc_BIO_set_mem_eof_return(BIO *bio, int value) {
    return (int)BIO_set_mem_eof_return(bio, value);
}

static inline int mc_SSL_CTX_add0_chain_cert(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add0_chain_cert(context, certificate);
}

static inline int mc_sk_X509_num(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }

static inline X509 *mc_sk_X509_value(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }

static inline STACK_OF(GENERAL_NAME) *mc_X509_subject_alt_names(const X509 *certificate) {
    return (STACK_OF(GENERAL_NAME) *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
}

static inline int mc_sk_GENERAL_NAME_num(const STACK_OF(GENERAL_NAME) *stack) { return sk_GENERAL_NAME_num(stack); }

static inline const GENERAL_NAME *mc_sk_GENERAL_NAME_value(const STACK_OF(GENERAL_NAME) *stack, int index) {
    return sk_GENERAL_NAME_value(stack, index);
}

// The string of a dNSName or the octets of an iPAddress; NULL for every other kind of name.
static inline const ASN1_STRING *mc_GENERAL_NAME_string(const GENERAL_NAME *name, int kind) {
    int found = 0;
    const void *value = GENERAL_NAME_get0_value(name, &found);
    return (found == kind && (kind == GEN_DNS || kind == GEN_IPADD)) ? (const ASN1_STRING *)value : NULL;
}

// RFC 2253 order and quoting, with UTF-8 left readable.
static inline int mc_X509_NAME_print(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
}

// With this a TLS 1.2 server that asks to negotiate again gets the warning no_renegotiation (RFC 5246, section 7.2.2).
static inline void mc_SSL_CTX_refuse_renegotiation(SSL_CTX *context) {
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
}

// Whether an event of the info callback is that warning leaving.
static inline int mc_is_refused_renegotiation(int where, int value) {
    return (where & SSL_CB_WRITE_ALERT) == SSL_CB_WRITE_ALERT && (value & 0xff) == SSL_AD_NO_RENEGOTIATION;
}

// A client that is told about each new session and keeps none in OpenSSL itself.
static inline void mc_SSL_CTX_tell_sessions(SSL_CTX *context, int (*told)(SSL *, SSL_SESSION *)) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, told);
}

// The application's own pointer of a connection.
static inline void mc_SSL_set_owner(SSL *ssl, void *owner) { SSL_set_app_data(ssl, owner); }

static inline void *mc_SSL_owner(const SSL *ssl) { return SSL_get_app_data(ssl); }

// What is usual for a client and could be changed by a configuration file of OpenSSL's (config(5), "SSL Configuration").
static inline void mc_SSL_CTX_refuse_legacy(SSL_CTX *context) {
    SSL_CTX_clear_options(context, SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION | SSL_OP_LEGACY_SERVER_CONNECT);
}

static inline STACK_OF(X509) *mc_sk_X509_new(void) { return sk_X509_new_null(); }

// The stack takes no reference to the certificate.
static inline int mc_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}

// Frees the stack and none of its certificates.
static inline void mc_sk_X509_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }

// Certificates, made for the loopback peers

static inline EVP_PKEY *mc_generate_p256_key(void) { return EVP_EC_gen("P-256"); }

static inline long mc_BIO_memory(BIO *bio, char **octets) { return BIO_get_mem_data(bio, octets); }

static inline int mc_general_names_push(STACK_OF(GENERAL_NAME) *names, GENERAL_NAME *name) {
    return sk_GENERAL_NAME_push(names, name);
}
