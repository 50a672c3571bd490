"""Installed on a device: what the manifest tells, and that what the worker keeps is about nobody."""

import base64
import json
import re

from tests.web.house import Gateway, browser


def test_the_manifest_tells_what_a_browser_needs_to_install_it():
    with browser(Gateway(), language="sv") as client:
        answer = client.get("/manifest.webmanifest")
        told = answer.json()
        icons = [client.get(each["src"]) for each in told["icons"]]
    assert answer.headers["content-type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"], told["lang"]) == ("/", "/", "standalone", "sv")
    assert {each["purpose"] for each in told["icons"]} == {"any", "maskable"}
    assert [each.headers["content-type"] for each in icons] == ["image/svg+xml"] * 2


def test_the_worker_keeps_files_of_this_release_and_the_offline_page_alone():
    with browser(Gateway()) as client:
        script = client.get("/service-worker.js").text
        version = re.search(r"/static/(\w+)/pages\.css", client.get("/sign-in").text)[1]
        [kept] = re.findall(r"addAll\(\[([^\]]+)\]\)", script)
        files = re.findall(r'"([^"]+)"', kept)
        answers = [client.get(each).status_code for each in files]
    assert files
    assert all(each.startswith(f"/static/{version}/") for each in files)
    assert set(answers) == {200}
    assert f'const KEPT = "kumppani-{version}"' in script
    assert "VERSION" not in script
    assert "SHELL" not in script


def test_the_offline_page_speaks_three_languages_and_is_about_nobody():
    notice = base64.urlsafe_b64encode(json.dumps(["success", "Palaute tallentui."]).encode()).decode()
    with browser(Gateway()) as client:
        client.cookies.set("kumppani_notice", notice, domain="kumppani.test")
        answer = client.get("/offline")
    for language, words in (
        ("fi", "Verkkoa ei ole"),
        ("sv", "Ingen nätanslutning"),
        ("en", "You are offline"),
    ):
        assert re.search(rf'<div lang="{language}">\s*<h. [^>]*>{words}<', answer.text), language
    assert "data-person" not in answer.text
    assert "Palaute tallentui" not in answer.text
    assert "set-cookie" not in answer.headers
