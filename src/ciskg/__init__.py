"""ciskg: documents about the Commonwealth of Independent States as a cited knowledge graph."""

__version__ = "0.1.0"
