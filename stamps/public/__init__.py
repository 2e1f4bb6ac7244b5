"""What anybody may see without login: the page behind a stamp, its hidden code, the page of a product."""
