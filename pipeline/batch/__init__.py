"""Whole archives: many documents into one output folder, by this machine or a cluster, with a ledger of what is done."""
