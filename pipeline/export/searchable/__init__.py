"""A searchable PDF: the scan as it was, the restored words invisible in their places."""

from pipeline.export.searchable.document import write_searchable

__all__ = ["write_searchable"]
