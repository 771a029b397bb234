"""Secrets are found wherever they stand, and nothing else is taken for one."""

import json

import pytest

from connectors.core.registry import available_sources, get_source_class
from connectors.core.secrets import find_secrets, is_secret_name
from connectors.net_results.endpoints import DEFAULT as NET_RESULTS
from connectors.soffront.defaults import ENDPOINTS as SOFFRONT

TOKEN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ({"password": "Sommer2024!"}, ["password"]),
        ({"a": [{"b": {"clientSecret": TOKEN}}]}, ["a[1].b.clientSecret"]),
        ({"headers": {"Authorization": "Bearer " + TOKEN}}, ["headers.Authorization"]),
        ({"headers": {"X-Api-Key": "k-5"}}, ["headers.X-Api-Key"]),
        ({"headers": [{"name": "api_key", "value": "k-5"}]}, ["headers[1].value"]),
        ({"developer_key": 123456}, ["developer_key"]),
        ("Authorization: Bearer " + TOKEN, [""]),
        ("use Bearer " + TOKEN + " for all calls", [""]),
        ("Basic YW5hOnNlY3JldA==", [""]),
        ("first line\npassword = Sommer2024!\nlast line", [""]),
        ("https://ana:Sommer2024@crm.example.com/api", [""]),
        ("postgresql://odoo:odoo@10.0.0.5:5432/crm", [""]),
        ("https://crm.example.com/api?page=2&token=abc", [""]),
        ("/api/contacts?api_key=k-55", [""]),
        ("https://crm.example.com/#access_token=" + TOKEN, [""]),
        ("https://maps.example.com/?key=" + TOKEN, [""]),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4", [""]),
        ("12|" + "aB3" * 14, [""]),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE", [""]),
        (json.dumps({"auth": {"session": {"token": TOKEN}}}), ["auth.session.token"]),
        (json.dumps(json.dumps([{"pwd": "x1y2"}])), ["[1].pwd"]),
        ({"deep": json.dumps({"inner": json.dumps({"pwd": "x1y2"})})}, ["deep.inner.pwd"]),
        ({"https://ana:pw@crm.example.com": "/api"}, [""]),
    ],
)  # fmt: skip
def test_a_secret_is_found_where_it_stands(value, places):
    found = find_secrets(value)
    assert [place for place, _kind in found] == places
    told = json.dumps(found)
    for secret in (TOKEN, "Sommer2024", "k-5"):
        assert secret not in told


@pytest.mark.parametrize(
    "value",
    [
        None, 5, True, "", [], {},
        {"token_path": "token/{key}/{user}/{password}", "token_in": ["token", "Token"]},
        {"header": "Authorization", "query_param": "strSessionId"},
        {"password": "", "token": None, "secret": "***", "api_key": "<your key>"},
        {"token": "{token}", "Authorization": "${TOKEN}"},
        {"key": "ContactID", "primary_key": "id", "keyset": True, "sort_key": "name"},
        "https://crm.example.com/api?page=2&key=id",
        "https://crm.example.com/api?token={token}",
        "ana@example.com", "mailto:ana@example.com",
        "Password: give it as CRM_MIGRATION_PASSWORD on the command line",
        "Basic Plan", "basic information of contacts", "Bearer of the news",
        "Token count", "10:30 ana@example.com", "a basic installation",
        "{not json", "//comment: see ana@example.com",
    ],
)  # fmt: skip
def test_what_only_speaks_of_secrets_is_none(value):
    assert find_secrets(value) == []


@pytest.mark.parametrize("profile", [NET_RESULTS, SOFFRONT])
def test_the_endpoint_profiles_that_we_ship_hold_none(profile):
    assert find_secrets(profile) == []
    assert find_secrets(json.dumps(profile)) == []


def test_every_setting_that_is_named_like_a_secret_is_one():
    for name in available_sources():
        for setting in get_source_class(name).settings:
            assert setting.is_secret or not is_secret_name(setting.name), setting


def test_a_text_that_is_nested_without_end_is_looked_through():
    text = "password=Sommer2024!"
    for _level in range(40):
        text = [text]
    assert find_secrets(text)
    assert find_secrets("[" * 5000 + "]" * 5000) == []
