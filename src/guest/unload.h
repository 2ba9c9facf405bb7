/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef UNLOAD_H
#define UNLOAD_H

/*
 * Takes drivers away from devices whose filter waits to be programmed: modules
 * (the stress driver, dummy) by unloading, virtio_net by unbinding. KTAP.
 */
void unload_run(int times);

#endif
