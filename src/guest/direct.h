/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DIRECT_H
#define DIRECT_H

/*
 * One process, one change at a time: when the system call returns, the stress
 * driver's filter has it. The module is loaded. One KTAP result for each kind
 * of device and each way to change something.
 */
void direct_run(void);

#endif
