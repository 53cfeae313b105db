import pytest

from tests.fakes.languages import dutch
from tests.softphones.any_settings import made
from voipdesk.core.errors import BadInput
from voipdesk.services.sip_setup import SipSetup


def test_each_softphone_makes_each_of_its_formats():
    setup = SipSetup()
    listed = setup.softphones()
    assert [one.key for one in listed] == [
        *("sheet", "zoiper", "linphone", "microsip", "baresip", "twinkle", "gnome-calls"),
    ]
    for one in listed:
        for ending in one.formats:
            made_file = setup.export(one.key, made(), ending=ending)
            assert made_file.name.endswith(f".{ending}")
            assert "1001" in made_file.text
            assert "hunter2" not in made_file.text
            assert made_file.notes
            assert not made_file.has_password
            assert "hunter2" not in repr(setup.export(one.key, made(), ending=ending, with_password=True))


@pytest.mark.parametrize("key", [one.key for one in SipSetup().softphones()])
def test_no_password_is_written_that_is_not_known(key):
    with pytest.raises(BadInput, match="password is not known"):
        SipSetup().export(key, made(password=""), with_password=True)


def test_what_is_not_there_is_refused_with_what_is():
    with pytest.raises(BadInput, match="no softphone “bria”") as refused:
        SipSetup().export("bria", made())
    assert "sheet, zoiper" in refused.value.advice
    with pytest.raises(BadInput, match=r"For Linphone there is no \.html file"):
        SipSetup().export("linphone", made(), ending="html")
    words = {"Settings sheet": "Gegevensblad"}
    with dutch(words), pytest.raises(BadInput, match=r"For Gegevensblad there is no \.xml file"):
        SipSetup().export("sheet", made(), ending="xml")
