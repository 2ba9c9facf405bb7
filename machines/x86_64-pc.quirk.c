/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rxasync's boot check: two drivers for one model, told apart by its slot.
 */
static bool rxasync_in_slot(struct pci_dev *dev, unsigned int slot)
{
	return !pci_domain_nr(dev->bus) && !dev->bus->number &&
	       dev->devfn == PCI_DEVFN(slot, 0);
}

/* QEMU's rtl8139 is a 8139C+ by its revision, and only that tells it. */
static void rxasync_older_8139(struct pci_dev *dev)
{
	if (rxasync_in_slot(dev, 0x10))
		dev->revision = 0x10;
}
DECLARE_PCI_FIXUP_HEADER(PCI_VENDOR_ID_REALTEK, PCI_DEVICE_ID_REALTEK_8139,
			 rxasync_older_8139);

/* The 21041 has the 21143's registers, but for those of its media. */
static void rxasync_older_tulip(struct pci_dev *dev)
{
	if (rxasync_in_slot(dev, 0x11))
		dev->device = PCI_DEVICE_ID_DEC_TULIP_PLUS;
}
DECLARE_PCI_FIXUP_HEADER(PCI_VENDOR_ID_DEC, PCI_DEVICE_ID_DEC_21142,
			 rxasync_older_tulip);
