"""Owners: nobody is created because a row is there, and nobody is changed."""

from ..target_common import TargetData

TARGET = TargetData(
    model="res.users",
    rows={"anna": {"name": "Anna A.", "email": "anna@source.example"}},
    matched=("anna",),
)
