"""Whole archives: many documents into one output folder, by this machine or a cluster; a ledger knows what is done."""
