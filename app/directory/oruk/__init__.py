"""The directory by Open Referral UK 3.0, for everybody and without a key."""
