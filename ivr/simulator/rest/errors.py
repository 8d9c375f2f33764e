"""Twilio's REST errors. https://www.twilio.com/docs/usage/twilios-response#exceptions"""

from dataclasses import dataclass


@dataclass
class Refusal(Exception):
    """A request that is refused; `status` is HTTP's, `code` Twilio's."""

    status: int
    code: int
    message: str

    def as_json(self) -> dict[str, object]:
        """The body of the answer."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def unauthenticated() -> Refusal:
    """A wrong sid, token, key or secret."""
    return Refusal(401, 20003, "Authenticate")


def not_found(path: str) -> Refusal:
    """No such resource."""
    return Refusal(404, 20404, f"The requested resource {path} was not found")
