"""One's own choices; and allauth's forms in Plimsoll's words, each error a sentence."""

from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.forms import ChoiceField, Form, RadioSelect

from plimsoll.core.forms import PlimsollForm, speak
from plimsoll.people.models import User

LABELS: Final = {
    "login": "E-mail address",
    "email": "E-mail address",
    "oldpassword": "Your password now",
    "password1": "New password",
    "password2": "New password again",
    "name": "A name for this passkey, like “Work laptop”",
    "passwordless": "Sign in with it alone, without a password",
}
HINTS: Final = {
    "password": "",
    "passwordless": "",
    "password1": "12 characters or more; three words that do not belong together make a good one.",
}


class EmailsForm(PlimsollForm):
    emails = ChoiceField(
        label="What do you want to be sent?", choices=User.Emails.choices, widget=RadioSelect
    )


class Spoken(Form):
    """Labels without placeholders, no checks by the browser, our own messages."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)
            speak(field)


class Login(Spoken, account.LoginForm):  # type: ignore[misc]
    pass


class RequestLoginCode(Spoken, account.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmLoginCode(Spoken, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ResetPassword(Spoken, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKey(Spoken, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePassword(Spoken, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPassword(Spoken, account.SetPasswordForm):  # type: ignore[misc]
    pass


class Reauthenticate(Spoken, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class Authenticate(Spoken, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateByCode(Spoken, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTP(Spoken, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass


class AddPasskey(Spoken, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["passwordless"].initial = True


class RenamePasskey(Spoken, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    pass
