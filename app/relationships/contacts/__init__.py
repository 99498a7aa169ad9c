"""Whom each side rings at the other, and what general practice asks adult social care."""
