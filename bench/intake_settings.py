"""Settings of the intake measurement: the product's own, with the two measured pages."""

from shounuo.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.intake_site"
