"""What all tests share: how hard hypothesis tries."""

import os

from hypothesis import HealthCheck, settings

#: Time limits on single examples fail on a busy machine; the tests of speed measure speed.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("stress", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
