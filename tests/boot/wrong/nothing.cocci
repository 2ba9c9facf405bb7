// SPDX-License-Identifier: GPL-2.0-only
// Walks no list at all: no group that was joined gets in.
@@
iterator name netdev_hw_addr_list_for_each;
expression ha, list;
statement S;
@@
- netdev_hw_addr_list_for_each(ha, list) S
