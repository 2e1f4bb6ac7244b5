"""What the pages of officials and producers say of stamps, in words."""
