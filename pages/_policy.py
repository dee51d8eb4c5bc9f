"""Who may use which address and which callback: what is not named here, nobody may."""

from typing import Any

import dash

from components import states
from pages._denials import note_denial
from pages._page import PAGES, Page
from queries.run import reader_now

#: Needs no sign-in.
ANYONE = "anyone"
#: Any signed-in reader; what is shown is decided further in, by permission and scope.
SIGNED_IN = "signed in"
#: Served to nobody: Flask or Dash offer it and this application does not use it.
NOBODY = "nobody"

#: Every address that Flask knows -> ANYONE, SIGNED_IN, NOBODY or the permission that it takes.
ROUTES: dict[str, str] = {
    "/livez": ANYONE,
    "/readyz": ANYONE,
    "/assets/<path:filename>": ANYONE,
    "/_favicon.ico": ANYONE,
    "/login": ANYONE,
    "/login/sso": ANYONE,
    "/login/sso/callback": ANYONE,
    "/logout": ANYONE,
    # Like signing out, of use to whose session has ended; only a session's own user is written.
    "/preferences": ANYONE,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": SIGNED_IN,
    "/_dash-layout": SIGNED_IN,
    "/_dash-dependencies": SIGNED_IN,
    "/_dash-update-component": SIGNED_IN,
    "/_reload-hash": NOBODY,
    "/": SIGNED_IN,
    "/<path:path>": SIGNED_IN,
    "/export/<panel>.<kind>": "export",
    "/export/brief.<kind>": "export",
    "/access/matrix.xlsx": "view-access",
    "/tasks/list.<kind>": "export",
    # Only to the owner of a token; each question then asks for its page's permission.
    "/api/v1/ask/<question>": "manage-tokens",
    "/view-as": "view-as",
    # Who reads as somebody else has only that reader's rights left, and must get out.
    "/view-as/stop": SIGNED_IN,
}
#: Dash's own callbacks, which lay a page out; the layout asks for the page's permission itself.
DASH_OUTPUTS = frozenset({"_pages_content.children", "_pages_store.data"})


def needed_for(rule: str | None) -> str:
    """Return who may use an address; one that is not in the registry is nobody's."""
    return ROUTES.get(rule or "", NOBODY)


def page_paths() -> frozenset[str]:
    """Return the addresses of the pages."""
    return frozenset(page.path for page in PAGES.values())


def callback_needs(output: str) -> str:
    """Return the permission that a callback asks for; SIGNED_IN for Dash's own, else NOBODY."""
    known: Any = dash.get_app().callback_map.get(output)
    # A callback that runs in the browser is known by name, and nothing answers for it here.
    if known is None or known.get("callback") is None:
        return NOBODY
    if set(names_of(output)) <= DASH_OUTPUTS:
        return SIGNED_IN
    return str(getattr(known.get("callback"), "permission", NOBODY))


def names_of(output: str) -> list[str]:
    """Return the outputs that a callback's name holds."""
    return output.strip(".").split("...") if output.startswith("..") else [output]


def guard_layouts() -> None:
    """Let each page lay itself out only for readers who may open it."""
    for found in dash.page_registry.values():
        if page := PAGES.get(found["module"]):
            found["layout"] = _guarded(found["layout"], page)


def _guarded(layout: Any, page: Page) -> Any:
    def guarded_layout(**query: Any) -> Any:
        reader = reader_now()
        if reader.may(page.permission):
            return layout(**query)
        note_denial(reader, page.permission, page.path)
        return states.error("", states.sentence_for("forbidden"))

    return guarded_layout
