"""What leaves the room about services: a shortlist, texts to copy, and a leaflet. Nothing of it is stored here."""
