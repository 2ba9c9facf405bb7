// SPDX-License-Identifier: GPL-2.0-only
#include "x_mac.h"

void x_caller_resume(struct x_priv *priv, struct net_device *dev)
{
	x_set_filter(priv, priv->hw, dev);
}
