"""SCORM 1.2 packages: a module as one page that runs in a learning management system, without the network."""
