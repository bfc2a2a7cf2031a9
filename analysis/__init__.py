"""Mavaze: who said what in Persian diplomatic news, about which country and topic, and where they stand."""

from analysis.extract.pipeline import extract, extract_batches
from analysis.schema import Tables

__all__ = ["Tables", "extract", "extract_batches"]
