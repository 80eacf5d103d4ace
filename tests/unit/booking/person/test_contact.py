"""Names and addresses as parents type them."""

from __future__ import annotations

import pytest

from assistant.booking import name_from, name_insisted_on, read_contact, read_given
from tests.unit.booking.person.test_given import understands

NAMES = {
    "Will": "Will",
    "will": "Will",
    "An": "An",
    "Can": "Can",
    "Do": "Do",
    "Nan": "Nan",
    "Will Smith": "Will Smith",
    "will smith": "Will Smith",
    "Can Yaman": "Can Yaman",
    "An Do": "An Do",
    "Nan Lopez": "Nan Lopez",
    "May": "May",
    "my name is Will": "Will",
    "my name is will": "Will",
    "My name's An": "An",
    "it's Will": "Will",
    "Ok its Jo": "Jo",
    "name: Skip": "Skip",
    "Ann (mom)": "Ann",
    "Ann (his mom, not the teacher)": "Ann",
    "Ann 😊": "Ann",
    "❤️ Ann ❤️": "Ann",
    "Jen. i already said jen": "Jen",
    "i already said jen": "Jen",
    "i told you, its jen": "Jen",
    "Jen!!": "Jen",
    "María del Carmen López García": "María del Carmen López García",
    "josé de la cruz": "José De La Cruz",
    "Jean-Luc O'Brien": "Jean-Luc O'Brien",
    "J. R. Smith": "J. R. Smith",
    "Mr. Lee": "Mr. Lee",
    "hi, I'm Tasha": "Tasha",
    "me llamo Rosa": "Rosa",
    "Dana, and can you tell me is it free?": "Dana",
    "TASHA REYES": "Tasha Reyes",
    "thanks, Dana": "Dana",
    "Ty": "Ty",
    "Ty Johnson": "Ty Johnson",
    "my name is Ty Johnson": "Ty Johnson",
    "my name is ty johnson": "Ty Johnson",
    "My Tran": "My Tran",
    "Mi Nguyen": "Mi Nguyen",
    "my name is mi nguyen": "Mi Nguyen",
    "Jessica Weeks": "Jessica Weeks",
    "my name is jessica weeks": "Jessica Weeks",
    "Karen Good": "Karen Good",
    "Pao Her": "Pao Her",
    "Ana Dias": "Ana Dias",
    "Ana Maria Lopez Garcia Hernandez": "Ana Maria Lopez Garcia Hernandez",
    "my name is ana maria lopez garcia hernandez": "Ana Maria Lopez Garcia Hernandez",
}


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_taken_as_it_is_said(text: str) -> None:
    assert read_given(text, understands, asked_name=True).contact.name == NAMES[text]


NO_NAMES = [
    "i will do it later",
    "will do",
    "can do",
    "can you call me",
    "an hour later",
    "more than email",
    "i check my phone more than email",
    "two oh six 342 8123",
    "do i have to",
    "no",
    "none of your business",
    "why do you need it",
    "mailto:ann@example.com",
    "ann@example,com",
    "my son has an iep",
    "skip",
    "skip it",
    "not sure",
    "so tired of this",
    "the principal said no",
    "my name is not important",
    "my name is on the form",
    "my name is so long",
    "ty so much",
    "Ty so much",
    "ty",
    "My daughter",
    "My Daughter",
    "My ex",
    "mi hijo",
    "Thank You",
    "Will Call",
    "Evenings Best",
    "this form keeps asking me things",
    "?",
    "😊",
]


@pytest.mark.parametrize("text", [text for text in NO_NAMES if text != "skip"])
def test_what_is_no_name_is_none(text: str) -> None:
    assert read_given(text, understands, asked_name=True).contact.name is None


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("i check my phone more than email so 919 555 0142", None, "+19195550142"),
        ("Tasha, tasha.r@example.com", "Tasha", "tasha.r@example.com"),
        ("tasha.r@example.com Tasha", "Tasha", "tasha.r@example.com"),
        ("Marcus 206-555-0187", "Marcus", "+12065550187"),
        ("206-555-0187 Marcus", "Marcus", "+12065550187"),
        ("book a call. Rob. 6145550133", "Rob", "+16145550133"),
        ("can i book a call? Sam, sam@example.org", "Sam", "sam@example.org"),
        ("my son needs help. Sam, sam@example.org", "Sam", "sam@example.org"),
        ("its will, will@example.org", "Will", "will@example.org"),
        ("you can text me at 206 342 8123, thanks, Dana", "Dana", "+12063428123"),
        ("ann@example,com", None, "ann@example.com"),
        ("mailto:ann@example.com", None, "ann@example.com"),
        ("ann(at)example.com", None, "ann@example.com"),
        ("ann at example dot com", None, "ann@example.com"),
        ("two oh six 342 8123", None, "+12063428123"),
        ("it's about the iep, the principal mrs.lee@school.example.org said no", None, None),
        ("book a call, the principal mrs.lee@school.example.org refuses. Abby, abby@example.org", "Abby", "abby@example.org"),
        ("i work at the district, so mornings. Luis, luis@example.org", "Luis", "luis@example.org"),
        ("thursday after school, Tom 206.342.8123", "Tom", "+12063428123"),
        ("tuesday at 3 please, im Carla", "Carla", None),
    ],
)  # fmt: skip
def test_what_stands_beside_an_address_is_a_name_only_if_it_is_one(
    text: str, name: str | None, address: str
) -> None:
    contact = read_given(text, understands, asked_name=False).contact
    assert (contact.name, contact.email or contact.phone) == (name, address)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("o'brien@example.org", "o'brien@example.org"),
        ("my email is Pat.O'Neil@district.k12.wa.us", "pat.o'neil@district.k12.wa.us"),
        ("o\u2019brien@example.org", "o'brien@example.org"),
        ("Dana, dana+school@example.org", "dana+school@example.org"),
        ("smith&sons@example.org or 206 342 8123", "smith&sons@example.org"),
        ("r&d+iep@example.co.uk.", "r&d+iep@example.co.uk"),
    ],
)
def test_an_address_may_have_an_apostrophe_a_plus_or_an_ampersand(text: str, email: str) -> None:
    found = read_contact(text)
    assert (found.contact.email, found.bad_email, found.meant_email) == (email, None, None)


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "‒", "–", "—", "―", "−", "－", "\u00ad-"])
@pytest.mark.parametrize(
    "form", ["206{0}342{0}8123", "(206) 342{0}8123", "+1{0}206{0}342{0}8123", "206 {0} 342 {0} 8123"]
)
def test_a_phone_number_may_have_any_dash(form: str, dash: str) -> None:
    assert read_contact(form.format(dash)).contact.phone == "+12063428123"


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009", "\u3000", "\t"])
def test_a_phone_number_may_have_any_blank(blank: str) -> None:
    assert read_contact(f"206{blank}342{blank}8123").contact.phone == "+12063428123"


def test_a_name_alone_is_found_without_the_rest_of_the_booking() -> None:
    assert name_from("Will") == "Will"
    assert name_from("i will do it later") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ty", "Ty"),
        ("ty johnson", "Ty Johnson"),
        ("my tran", "My Tran"),
        ("jessica weeks", "Jessica Weeks"),
        ("karen good, karen@example.org", "Karen Good"),
        ("i already told you, its karen good", "Karen Good"),
        ("maria guadalupe fernandez ortiz rivera", "Maria Guadalupe Fernandez Ortiz Rivera"),
    ],
)
def test_what_is_said_again_is_a_name_whatever_its_words_mean(text: str, name: str) -> None:
    assert name_insisted_on(text) == name


@pytest.mark.parametrize(
    "text",
    ["no", "yes please", "hello", "huh", "help me", "why do you need it", "i dont know", "none of your business", "sunday", "you suck", "good morning", "my son needs help", "its on the form", "book it", "504", "?", "", "😊"],
)  # fmt: skip
def test_what_can_be_no_name_stays_none_however_often_it_is_said(text: str) -> None:
    assert name_insisted_on(text) is None


def test_whatsapp_is_no_name() -> None:
    assert read_contact("whatsapp 206 555 0142").contact.name is None
    assert read_contact("Lena, whatsapp 206 555 0142").contact.name == "Lena"
