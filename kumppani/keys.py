"""The demo's secrets in a folder: an Ed25519 key for each part that signs, and each database's password."""

import json
import os
import secrets
from pathlib import Path

from kumppani.errors import SetupError
from kumppani.parts import OWNERS


class Keys:
    """The secrets in `folder`; what is missing is made by `make`, what is there stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def trusted(self) -> Path:
        """The file with the public keys of all who sign (JWKS; `kid` = who)."""
        return self.folder / "trusted.jwks"

    @property
    def metrics_token(self) -> Path:
        """The file with the bearer token that opens ``/metrics``."""
        return self.folder / "metrics-token"

    def signing(self, name: str) -> Path:
        """The file with a part's private key (JWK)."""
        return self.folder / f"{name}.jwk"

    def database_password(self, name: str) -> str:
        """The password of a part's database role."""
        return self._password_file(name).read_text().strip()

    def make(self) -> None:
        """Make what is missing, readable by this account only."""
        from joserfc.jwk import OKPKey

        try:
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            if not self.metrics_token.exists():
                _write(self.metrics_token, secrets.token_urlsafe(24))
            public = []
            for name in OWNERS:
                if not self.signing(name).exists():
                    made = OKPKey.generate_key("Ed25519", {"kid": name})
                    _write(self.signing(name), json.dumps(made.as_dict(private=True)))
                if not self._password_file(name).exists():
                    _write(self._password_file(name), secrets.token_urlsafe(24))
                key = OKPKey.import_key(json.loads(self.signing(name).read_text()))
                public.append(key.as_dict(private=False) | {"kid": name})
            keys = json.dumps({"keys": public})
            if not self.trusted.exists() or self.trusted.read_text() != keys:
                _write(self.trusted, keys)
        except OSError as error:
            raise SetupError(
                f"The keys in {self.folder} cannot be read or written ({error.strerror}): "
                "choose another folder with VAR=/some/folder, or mend its permissions."
            ) from error

    def _password_file(self, name: str) -> Path:
        return self.folder / f"{name}.database-password"


def _write(path: Path, text: str) -> None:
    """Write a whole file or none, never readable by others, not even for an instant."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
