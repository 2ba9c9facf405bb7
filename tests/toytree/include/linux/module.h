/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/types.h>

#define __init
#define __exit
#define EINVAL 22
#define ENOMEM 12
#define MODULE_LICENSE(s) extern const char toy_license[]
#define MODULE_DESCRIPTION(s) extern const char toy_description[]
#define EXPORT_SYMBOL(s) extern __typeof__(s) s
#define EXPORT_SYMBOL_GPL(s) extern __typeof__(s) s
#define module_init(fn) int init_module(void) __attribute__((alias(#fn)))
#define module_exit(fn) void cleanup_module(void) __attribute__((alias(#fn)))

#endif
