/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For spatch's --macro-file: it stumbles over an attribute with a value behind
 * an array's declarator. The text that it writes is the source's own.
 */
#define aligned(x) aligned
