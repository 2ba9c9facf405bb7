/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef STAND_IN_EXPORT_H
#define STAND_IN_EXPORT_H

#define EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_GPL(sym)
#define EXPORT_SYMBOL_IF_KUNIT(sym)

#endif
