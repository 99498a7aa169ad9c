"""Surveys: the pulse of the two professions, and what older people and unpaid carers say."""
