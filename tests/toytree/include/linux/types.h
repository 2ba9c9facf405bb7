/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef _Bool bool;
typedef unsigned long size_t;

#define true 1
#define false 0
#define NULL ((void *)0)
#define ETH_ALEN 6
#define BIT(n) (1UL << (n))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define min(a, b) ((a) < (b) ? (a) : (b))

void *memset(void *s, int c, size_t n);
void *memcpy(void *d, const void *s, size_t n);
u32 crc32_le(u32 crc, const u8 *p, size_t len);
u32 ether_crc(int length, const u8 *data);
void iowrite32(u32 value, void *addr);
u32 ioread32(void *addr);

#endif
