"""What people type on the organisation's pages."""

from shounuo.organisation.forms.signing import SignInForm

__all__ = ["SignInForm"]
