"""The Concord simulator serves files as the reference says: real bytes, no login."""

import pytest
import requests
from simulator_concord_common import ask

pytestmark = pytest.mark.simulator


def download(sim, label, kind="download"):
    token = sim.company.find(label)["token"]
    return requests.get(f"{sim.url}/media/{token}/{kind}", timeout=10)


@pytest.mark.parametrize(
    "label",
    ["file_png", "file_pdf", "file_txt", "file_empty", "file_big", "file_cjk", "file_emoji"],
)  # fmt: skip
def test_files_arrive_whole_without_login(sim, label):
    answer = download(sim, label)
    media = sim.company.find(label)
    assert answer.status_code == 200
    assert len(answer.content) == media["size"]
    assert answer.content == sim.company.file_bytes(media["id"])


def test_a_missing_file_is_a_500_and_a_torn_one_shorter_than_announced(sim):
    assert download(sim, "file_missing").status_code == 500
    torn = download(sim, "file_truncated")
    assert torn.status_code == 200
    assert 0 < len(torn.content) < sim.company.find("file_truncated")["size"]
    sim.company.delete("media", sim.company.find("file_png")["id"])
    assert requests.get(f"{sim.url}/media/nix/download", timeout=10).status_code == 404


def test_a_token_sent_along_with_a_download_is_noticed(sim):
    token = sim.company.find("file_png")["token"]
    ask(sim, f"/media/{token}/download", status=400)
    assert sim.leaks == [f"/media/{token}/download"]


def test_avatars_have_relative_addresses_that_work(sim):
    user = ask(sim, "/api/users/2").json()
    picture = requests.get(sim.url + user["uploaded_avatar_url"], timeout=10)
    assert picture.content.startswith(b"\x89PNG")
