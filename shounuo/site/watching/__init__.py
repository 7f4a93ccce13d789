"""Whether the service is well: health pages, and figures for Prometheus."""
