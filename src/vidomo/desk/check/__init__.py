"""A draft looked at before it is posted; nothing is sent, nothing is stored."""

from vidomo.desk.check.draft import check_draft
from vidomo.desk.check.model import Checked

__all__ = ["Checked", "check_draft"]
