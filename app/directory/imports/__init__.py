"""A council's feeds: what an import will change, looked at before it is published."""
