/* SPDX-License-Identifier: GPL-2.0-only */
void foo_filter(struct foo *foo);
