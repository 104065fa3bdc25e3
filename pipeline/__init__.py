"""Scanned Vietnamese plans in, trustworthy text and tables out."""
