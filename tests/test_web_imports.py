"""What serves pages stays small: the libraries that fit models belong to the refresh alone."""

import subprocess
import sys


def test_no_web_process_holds_the_fitting_libraries() -> None:
    asked = (
        "import sys, app, pages._server\n"
        "from pages._server import build_server\n"
        "build_server()\n"
        "heavy = {'scipy', 'sklearn', 'lifelines', 'matplotlib', 'alembic'}\n"
        "sys.exit(' '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
