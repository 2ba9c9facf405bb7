/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rxasync's boot check: QEMU's rtl8139 is a 8139C+ by its revision, and what
 * that decides is only which of two drivers takes it. The one in slot 0x10
 * says that it is a 8139C, so that both drivers have one.
 */
static void rxasync_older_8139(struct pci_dev *dev)
{
	if (!pci_domain_nr(dev->bus) && !dev->bus->number &&
	    dev->devfn == PCI_DEVFN(0x10, 0))
		dev->revision = 0x10;
}
DECLARE_PCI_FIXUP_HEADER(PCI_VENDOR_ID_REALTEK, PCI_DEVICE_ID_REALTEK_8139,
			 rxasync_older_8139);
