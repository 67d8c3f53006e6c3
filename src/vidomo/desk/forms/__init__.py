"""Forms: messages and reports as files of an authority, filled from what is known."""

from vidomo.desk.forms.fill import fill
from vidomo.desk.forms.model import DeskFacts, Filled, Form, Given, PublicFacts
from vidomo.desk.forms.shelf import forms_for, load_forms

__all__ = [
    "DeskFacts",
    "Filled",
    "Form",
    "Given",
    "PublicFacts",
    "fill",
    "forms_for",
    "load_forms",
]
