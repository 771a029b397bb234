"""OPEX 365 CRM: a Microsoft Dataverse environment, read through its Web API."""

from .source import Opex365Source as SOURCE

__all__ = ["SOURCE"]
