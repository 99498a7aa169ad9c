"""Modules and attempts in the formats of other systems: GIFT, Moodle XML, SCORM 1.2 and xAPI."""
