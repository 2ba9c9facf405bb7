/* SPDX-License-Identifier: GPL-2.0-only */
#define VME_LEVEL 4
