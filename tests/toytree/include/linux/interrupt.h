/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

typedef int irqreturn_t;

#define IRQ_NONE 0
#define IRQ_HANDLED 1

int request_irq(int irq, irqreturn_t (*handler)(int irq, void *data),
		unsigned long flags, const char *name, void *data);
void free_irq(int irq, void *data);

#endif
