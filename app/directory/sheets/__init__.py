"""Sheets: the template of a council that has only a spreadsheet, its check, publishing from it, and editing many entries in one."""
