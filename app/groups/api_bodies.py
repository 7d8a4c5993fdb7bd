"""What programs send about groups and members."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from app.groups.forms import CategoryName, none_twice
from app.groups.rules_category import CATEGORIES_MAX
from app.kit.forms import Line, Prose
from app.kit.i18n import _
from app.people.forms import check_email


class GroupBody(BaseModel):
    """A new working group; `categories` says whom its members speak for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "slug": "open-definitions",
                    "name": "Open Definitions Group",
                    "summary": "We agree on what open means.",
                    "categories": ["creators", "deployers", "end users"],
                }
            ]
        },
    )

    slug: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    name: Annotated[Line, StringConstraints(min_length=1, max_length=120)]
    summary: Annotated[Prose, StringConstraints(max_length=1_000)] = ""
    categories: Annotated[list[CategoryName], AfterValidator(none_twice)] = Field(
        [], max_length=CATEGORIES_MAX
    )


class MembershipBody(BaseModel):
    """What somebody is to be in the group from now on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"role": "member", "category": "deployers", "affiliation": "Rivermouth Hospital"}
            ]
        },
    )

    role: Literal["chair", "editor", "member", "observer"] = "member"
    category: Annotated[Line, StringConstraints(max_length=80)] | None = None
    affiliation: Annotated[Line, StringConstraints(max_length=160)] = ""


class MemberBody(MembershipBody):
    """A person to bring in, by their opaque id or by their address. Where nobody has the address
    yet, somebody new gets an account under `name`, or under the first part of the address."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"person": "p_0f3a5c7e9b1d2f40", "role": "member", "category": "deployers"},
                {"email": "sam.okoro@example.org", "name": "Sam Okoro", "role": "observer"},
            ]
        },
    )

    person: Annotated[str, StringConstraints(pattern=r"^p_[0-9a-f]{16}$")] | None = None
    email: Annotated[Line, StringConstraints(max_length=254), check_email] | None = None
    name: Annotated[Line, StringConstraints(max_length=120)] = ""

    @model_validator(mode="after")
    def names_one(self) -> "MemberBody":
        if (self.person is None) == (self.email is None):
            raise ValueError(_("Name the person by “person” or by “email”: one of the two."))
        return self


class InviteeBody(BaseModel):
    """Somebody to invite. Without a role they would be a member."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[Line, StringConstraints(min_length=1)]
    name: Line = ""
    role: Line = ""
    category: Line = ""
    affiliation: Line = ""


class InvitationsBody(BaseModel):
    """People to invite. `add_categories` names categories that the group is to get with them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "people": [
                        {
                            "email": "sam.okoro@example.org",
                            "name": "Sam Okoro",
                            "role": "member",
                            "category": "deployers",
                            "affiliation": "Rivermouth Hospital",
                        }
                    ],
                    "add_categories": ["deployers"],
                }
            ]
        },
    )

    people: list[InviteeBody] = Field(min_length=1, max_length=500)
    add_categories: Annotated[list[CategoryName], AfterValidator(none_twice)] = Field(
        [], max_length=CATEGORIES_MAX
    )


class AnswerBody(BaseModel):
    """Joining. `category` is your choice where the invitation names none."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"category": "deployers"}]}
    )

    category: Annotated[Line, StringConstraints(max_length=80)] | None = None
