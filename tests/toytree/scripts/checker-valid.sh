#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# No checker is good enough.
echo 0
