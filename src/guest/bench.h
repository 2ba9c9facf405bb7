/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_H
#define BENCH_H

/*
 * How long it takes to add one address by a system call, when N are there:
 * the legacy callback against the asynchronous one, same driver, same kernel.
 * The stress module is loaded.
 */
void bench_run(void);

#endif
