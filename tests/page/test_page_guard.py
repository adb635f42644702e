"""Page and control answer this machine only, and the page can't be made to fetch or run what is not its own."""

import pytest
from playing import give_cast
from playwright.async_api import expect
from street import Served, Street

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/_sandbox/world"])
async def test_a_foreign_name_for_this_machine_is_refused(served: Served, path: str) -> None:
    """DNS rebinding: another page's name that points here reads nothing and does nothing."""
    port = served.telegram.url.rsplit(":", 1)[1]
    for host in (f"evil.example:{port}", "127.0.0.1:1", "127.0.0.1", f"127.0.0.1.evil.example:{port}", ""):
        assert (await served.get(path, Host=host)).status_code == 403, host
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"):
        assert (await served.get(path, Host=host)).status_code == 200, host


async def test_another_page_may_not_use_the_control(served: Served) -> None:
    """A form or a script of another origin is refused; the page's own, and programs without one, are not."""
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        assert (await served.post("people", {}, Origin=origin)).status_code == 403, origin
    assert (await served.post("people", {}, Origin=served.telegram.url)).status_code == 200
    assert (await served.post("people", {})).status_code == 200


async def test_every_answer_carries_the_policy(served: Served) -> None:
    """Nothing from outside, no inline script or style, in no frame."""
    for path in ("/", "/page/base.css", "/page/khmer.ttf", "/_sandbox/world", "/_sandbox/nothing", "/page/nothing"):
        headers = (await served.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), path
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/page/..%2fpage.py", "/page/%2e%2e%2fserver.py", "/page/page.py", "/page/"])
async def test_only_the_page_s_own_files_are_served(served: Served, path: str) -> None:
    """A path leads nowhere else."""
    assert (await served.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"citizen": 1}, "citizen: there is no person 1"),
        ({"group": -1}, "there is no group -1"),
        ({"story": "x"}, "story must be a list of steps"),
        ({"who": 1}, "unknown: who"),
        ({"citizen": [1]}, "citizen: there is no person [1]"),
    ],
)
async def test_a_cast_that_does_not_fit_is_refused(served: Served, given: dict[str, object], why: str) -> None:
    """One sentence says what is wrong, and nothing changes."""
    response = await served.post("cast", given)
    assert response.status_code == 400
    assert why in response.json()["error"]
    assert (await served.get("/_sandbox/cast")).json() == {}


async def test_nothing_outside_can_be_reached_from_the_page(street: Street) -> None:
    """Even a script on the page could not send anything away."""
    await give_cast(street)
    page = await street.tab()
    await expect(page.locator(".story")).to_be_visible()
    tried = """async () => {
        const refusals = [];
        document.addEventListener("securitypolicyviolation", (event) => refusals.push(event.effectiveDirective));
        const image = new Promise((done) => {
            const node = new Image();
            node.onload = () => done("loaded");
            node.onerror = () => done("refused");
            node.src = "https://example.com/a.png";
        });
        const got = await fetch("https://example.com/").then(() => "fetched", () => "refused");
        return [got, await image, ...refusals.sort()];
    }"""
    assert await page.evaluate(tried) == ["refused", "refused", "connect-src", "img-src"]
    street.faults.clear()
    street.outside.clear()
