#pragma once

// The C client of NATS, found when the program runs and not when it is linked: a machine without it has everything but the
// queue. Only the functions of the table below are used; what they do is said in <nats/nats.h>.

#include <dlfcn.h>
#include <nats/nats.h>
#include <stddef.h>
#include <stdio.h>

#define MC_NATS_FUNCTIONS(F)                                                                                           \
    F(natsStatus_GetText)                                                                                              \
    F(nats_Open)                                                                                                       \
    F(nats_GetLastError)                                                                                               \
    F(natsOptions_Create)                                                                                              \
    F(natsOptions_Destroy)                                                                                             \
    F(natsOptions_SetServers)                                                                                          \
    F(natsOptions_SetSecure)                                                                                           \
    F(natsOptions_LoadCATrustedCertificates)                                                                           \
    F(natsOptions_SetUserInfo)                                                                                         \
    F(natsOptions_SetUserCredentialsFromFiles)                                                                         \
    F(natsOptions_SetNKeyFromSeed)                                                                                     \
    F(natsOptions_SetTimeout)                                                                                          \
    F(natsOptions_SetName)                                                                                             \
    F(natsOptions_SetMaxReconnect)                                                                                     \
    F(natsOptions_SetReconnectWait)                                                                                    \
    F(natsOptions_SetPingInterval)                                                                                     \
    F(natsOptions_SetMaxPingsOut)                                                                                      \
    F(natsOptions_SetErrorHandler)                                                                                     \
    F(natsOptions_UseGlobalMessageDelivery)                                                                            \
    F(natsConnection_Connect)                                                                                          \
    F(natsConnection_Destroy)                                                                                          \
    F(natsConnection_Status)                                                                                           \
    F(natsConnection_GetLastError)                                                                                     \
    F(natsConnection_GetMaxPayload)                                                                                    \
    F(natsConnection_PublishMsg)                                                                                       \
    F(natsConnection_FlushTimeout)                                                                                     \
    F(natsConnection_Subscribe)                                                                                        \
    F(natsSubscription_Destroy)                                                                                        \
    F(natsSubscription_SetPendingLimits)                                                                               \
    F(natsMsg_Create)                                                                                                  \
    F(natsMsg_Destroy)                                                                                                 \
    F(natsMsg_GetSubject)                                                                                              \
    F(natsMsg_GetReply)                                                                                                \
    F(natsMsg_GetData)                                                                                                 \
    F(natsMsg_GetDataLength)                                                                                           \
    F(natsMsgHeader_Set)                                                                                               \
    F(natsMsgHeader_Get)

typedef struct mc_nats {
#define MC_NATS_MEMBER(name) __typeof__(name) *name;
    MC_NATS_FUNCTIONS(MC_NATS_MEMBER)
#undef MC_NATS_MEMBER
} mc_nats;

// Fills the table from the first of these files that can be loaded; what was loaded stays until the process ends.
// Returns 0, or 1 when there is no such library, or 2 when it lacks a function.
static inline int mc_nats_load(mc_nats *table) {
    static const char *const names[] = {"libnats.so.3.4", "libnats.so.3.7", "libnats.so.3.8", "libnats.so"};
    void *library = NULL;
    for (size_t place = 0; library == NULL && place < sizeof names / sizeof *names; place++) {
        library = dlopen(names[place], RTLD_NOW | RTLD_LOCAL);
    }
    if (library == NULL) return 1;
#define MC_NATS_FIND(name)                                                                                             \
    *(void **)&table->name = dlsym(library, #name);                                                                    \
    if (table->name == NULL) return 2;
    MC_NATS_FUNCTIONS(MC_NATS_FIND)
#undef MC_NATS_FIND
    return 0;
}
