"""Breaks one protection after the other in a copy of the code and sees that its test turns red.

python -m tests.security.sabotage [name …]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: pytest: tests ran and some failed.
RED = 1
UNNOTICED = "NOT NOTICED"


@dataclass(frozen=True)
class Sabotage:
    """What is broken, where, by which replacement, and the test that must notice."""

    name: str
    file: str
    old: str
    new: str
    test: str


SABOTAGES = (
    Sabotage(
        "the scope predicate is dropped",
        "queries/visible/predicates.py",
        "return [*own, *_chosen(table, filters, frozenset(rights))]",
        "return _chosen(table, filters, frozenset())",
        "tests/queries/test_scope.py::test_what_customers_bought_follows_the_customers_owner",
    ),
    Sabotage(
        "an empty scope means everybody",
        "queries/visible/predicates.py",
        "    if not all(choices):\n        return false()",
        "    if not all(choices):\n        return literal(True)",
        "tests/queries/test_scope.py::test_customers_follow_their_owner_and_without_one_the_company",
    ),
    Sabotage(
        "customers without an owner belong to a team",
        "queries/visible/predicates.py",
        "return {name: values - {NOT_GIVEN} for",
        "return {name: values for",
        "tests/queries/test_scope.py::test_customers_follow_their_owner_and_without_one_the_company",
    ),
    Sabotage(
        "masked fields are read",
        "queries/visible/predicates.py",
        "if column.name not in scope.masked:",
        "if True:",
        "tests/queries/test_masks.py::test_a_masked_field_is_in_no_statement",
    ),
    Sabotage(
        "a decision on a quote does not look at what was seen",
        "data/state/quotes.py",
        "        if now != seen or now == status:",
        "        if False:",
        "tests/state/test_quotes.py::test_who_saw_an_older_status_is_told_and_changes_nothing",
    ),
    Sabotage(
        "decisions are not in the cache key",
        "data/domain/approvals.py",
        "return [self.number, self.limit]",
        "return [0, 0]",
        "tests/queries/test_open_deals.py::test_a_decision_shows_at_once_and_leaves_other_answers_cached",
    ),
    Sabotage(
        "who was treated is not in the cache key",
        "data/domain/treatment.py",
        "return sha256(self.lines)",
        "return sha256(self.lines[:0])",
        "tests/queries/test_followed.py::test_a_closed_task_shows_at_once_and_leaves_other_answers_cached",
    ),
    Sabotage(
        "books of one colleague are published as those of others",
        "queries/visible/book_rows.py",
        "LEAST_CUSTOMERS, LEAST_REPS = 5, 3",
        "LEAST_CUSTOMERS, LEAST_REPS = 1, 1",
        "tests/queries/test_team.py::test_books_on_every_engine",
    ),
    Sabotage(
        "foreign customers are named on the leaderboard",
        "queries/visible/deal_rows.py",
        "case((own, c.c[n])).label(n)",
        "c.c[n].label(n)",
        "tests/queries/test_scope.py::test_the_orders_behind_a_leaderboard_keep_foreign_customers_unnamed",
    ),
    Sabotage(
        "comparisons of few customers are published",
        "data/pipeline/marts/cubes.py",
        "and_(customers >= MIN_CUSTOMERS, reps >= MIN_REPS)",
        "customers >= 1",
        "tests/queries/test_scope.py::test_a_comparison_of_few_customers_is_not_published",
    ),
    Sabotage(
        "a representative is answered from the cube of the team",
        "queries/visible/predicates.py",
        "    rights, chosen = _rights(scope), filters.chosen\n",
        "    rights, chosen = _rights(scope), filters.chosen\n"
        "    if table.name == 'customer_month':\n        rights.pop('rep', None)\n",
        "tests/security/test_narrowing.py::test_a_representative_sees_what_an_administrator_sees_of_the_own_customers",
    ),
    Sabotage(
        "the scope is not in the cache key",
        "queries/run.py",
        '"scope": scope.canonical()}',
        '"scope": None}',
        "tests/security/test_cache_isolation.py::test_every_question_warmed_by_another_reader",
    ),
    Sabotage(
        "the mask is not in the cache key",
        "data/domain/scope.py",
        '"masked": sorted(self.masked),',
        '"masked": [],',
        "tests/warehouse/test_cache.py::test_readers_with_other_rights_never_share_a_key",
    ),
    Sabotage(
        "the version is not in the cache key",
        "data/warehouse/fetch.py",
        '"version": self.version,',
        '"version": 0,',
        "tests/security/test_cache_isolation.py::test_whatever_an_answer_depends_on_is_in_its_key",
    ),
    Sabotage(
        "what lies in the shared cache is unpickled",
        "pages/_cache.py",
        "    serializer = _AsTheyAre()\n",
        "",
        "tests/warehouse/test_cache.py::test_a_pickle_under_a_key_is_never_run_and_is_a_miss",
    ),
    Sabotage(
        "a callback asks for no permission",
        "pages/_page.py",
        "        _require_permission(needed, where)\n",
        "",
        "tests/security/test_policy.py::test_each_role_gets_what_it_may_and_nothing_of_others",
    ),
    Sabotage(
        "a callback's address may name jobs",
        "pages/_requests.py",
        "    if set(flask.request.args) - IN_ADDRESS:",
        "    if False:",
        "tests/security/test_jobs.py::test_a_handle_of_a_job_is_refused_and_ends_no_process",
    ),
    Sabotage(
        "a drawer does not ask whose page it opens",
        "pages/_drawers.py",
        "    if not may_open(panel):\n        raise ForbiddenError\n    metric = metric_of",
        "    metric = metric_of",
        "tests/pages/test_rights.py::test_a_drawer_of_a_forbidden_page_opens_empty",
    ),
    Sabotage(
        "an export leaves no audit row",
        "pages/_export.py",
        "    note_export(panel, rows=len(rows), kind=kind, filters=narrowed.to_search())\n",
        "",
        "tests/pages/test_export.py::test_every_export_is_in_the_audit_log_with_its_rows",
    ),
    Sabotage(
        "CSV cells may be formulas",
        "data/export.py",
        "if isinstance(value, str) and value.startswith(FORMULA):",
        "if False:",
        "tests/pages/test_export.py::test_text_is_never_a_formula",
    ),
    Sabotage(
        "workbook cells may be formulas",
        "data/export.py",
        "sheet.write_string(*place, text, *style)",
        "sheet.write_formula(*place, text) if text[:1] == '=' else sheet.write(*place, text)",
        "tests/pages/test_export.py::test_text_in_a_workbook_is_text",
    ),
    Sabotage(
        "any link is a good link",
        "components/links.py",
        "    return target if is_own else NOWHERE",
        "    return target",
        "tests/security/test_one_way.py::test_a_bad_target_leads_nowhere",
    ),
    Sabotage(
        "a file is written past the one writer",
        "pages/_lists.py",
        "def customer_list(",
        "def leak(rows: Any) -> Any:\n    return rows.to_csv()\n\n\ndef customer_list(",
        "tests/security/test_one_way.py::test_nothing_goes_past_the_one_way",
    ),
    Sabotage(
        "the reading engine may reach files",
        "data/warehouse/engine.py",
        '"enable_external_access": "false",\n        "lock_configuration": "true",',
        '"enable_external_access": "true",\n        "lock_configuration": "true",',
        "tests/security/test_hostile_sql.py::test_every_hostile_statement_is_refused",
    ),
    Sabotage(
        "the server gives everybody's rows to any question",
        "data/warehouse/fetch.py",
        "                if question.scope is not None:\n"
        "                    see(connection, stmt, question.scope, info.dictionary)\n",
        "                see_company(connection)\n",
        "tests/security/test_row_security.py::test_a_question_that_says_nobody_reads_nothing",
    ),
    Sabotage(
        "a log line holds what the libraries say",
        "data/logs.py",
        "        return redacted(super().getMessage())",
        "        return super().getMessage()",
        "tests/security/test_logs.py::test_no_logger_writes_a_canary",
    ),
    Sabotage(
        "a body may take as long as it likes",
        "pages/_worker.py",
        "        _take_in(req, conn.sock)\n",
        "",
        "tests/pages/test_slow_requests.py::test_whoever_drips_a_body_is_hung_up_on",
    ),
    Sabotage(
        "an engine that is not closed in is used",
        "data/warehouse/engine.py",
        "    if wrong:\n        connection.close()",
        "    if False:\n        connection.close()",
        "tests/security/test_hostile_sql.py::test_an_engine_that_lacks_one_setting_is_refused",
    ),
    Sabotage(
        "a request without a reader passes the door",
        "pages/_guard.py",
        "    if reader is None:\n        return _ask_to_sign_in()",
        "    if reader is None:\n        return None",
        "tests/security/test_api_tokens.py::test_nobody_without_a_token_gets_in",
    ),
    Sabotage(
        "a token in an address is accepted",
        "pages/_guard.py",
        "    if is_of_machine() and has_misplaced_token(request):",
        "    if False:",
        "tests/security/test_api_tokens.py::test_a_token_in_the_address_is_refused_even_a_good_one",
    ),
    Sabotage(
        "a revoked token still opens",
        "data/state/tokens.py",
        "return self.revoked_at is None and utc_now() < self.expires_at",
        "return utc_now() < self.expires_at",
        "tests/security/test_api_tokens.py::test_a_revoked_expired_or_closed_token_ends_at_once",
    ),
    Sabotage(
        "who reads as somebody else may export",
        "data/access/reader.py",
        "return held & READ_ONLY if self.viewed_by else held",
        "return held",
        "tests/pages/test_access_page.py::test_reading_as_somebody_else_shows_theirs_and_writes_nothing",
    ),
    Sabotage(
        "the audit log is sealed with nothing",
        "data/state/audit.py",
        '    if row["previous_hash"] != previous:',
        "    if False:",
        "tests/state/test_audit.py",
    ),
    Sabotage(
        "messages go inside the network",
        "data/channels/target.py",
        "if not is_named and not all(_is_public(each) for each in addresses):",
        "if False:",
        "tests/state/test_sending.py::test_a_name_that_turns_inward_is_refused_when_sending",
    ),
    Sabotage(
        "the address that was checked is not the one connected to",
        "data/channels/send.py",
        "self.sock = socket.create_connection((self.checked_address, self.port), self.timeout)",
        "self.sock = socket.create_connection((self.host, self.port), self.timeout)",
        "tests/state/test_sending.py::test_the_connection_goes_to_the_checked_address",
    ),
    Sabotage(
        "a process that lost its lease goes on writing",
        "data/state/leases.py",
        "if found != fence:",
        "if False:",
        "tests/state/test_rule_rows.py::test_a_lease_is_held_by_one_and_fences_late_ones_out",
    ),
    Sabotage(
        "a rule asks for a field that its owner sees masked",
        "pages/_rule_runs.py",
        "if masked := masked_fields(rule, scope_of(owner, info)):",
        "if masked := list[str]():",
        "tests/pages/test_rule_runs.py::test_a_rule_runs_with_the_rights_its_owner_has_now",
    ),
)


def copy_of_the_code(folder: Path) -> None:
    """Copy every file that is tracked or new into the folder."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def is_noticed(sabotage: Sabotage, folder: Path) -> bool:
    """Break the copy, run the test, mend the copy; return whether the test turned red."""
    path = folder / sabotage.file
    honest = path.read_text(encoding="utf-8")
    if honest.count(sabotage.old) != 1:
        raise SystemExit(
            f"{sabotage.name}: {sabotage.file} holds it {honest.count(sabotage.old)} times"
        )
    path.write_text(honest.replace(sabotage.old, sabotage.new), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, f"--basetemp={folder}/.bt", sabotage.test],
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        path.write_text(honest, encoding="utf-8")
    # A test that could not be set up is no proof; only one that ran and failed is.
    return done.returncode == RED and "FAILED " in done.stdout


def tried(names: tuple[str, ...] = ()) -> Iterator[str]:
    """Try the sabotages and yield a line for each, the unnoticed ones marked."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copy_of_the_code(folder)
        for sabotage in SABOTAGES:
            if names and sabotage.name not in names:
                continue
            said = "red" if is_noticed(sabotage, folder) else UNNOTICED
            yield f"- {sabotage.name}: {said} (`{sabotage.test.split('::')[-1]}`)"


if __name__ == "__main__":
    is_whole = True
    for line in tried(tuple(sys.argv[1:])):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        is_whole = is_whole and UNNOTICED not in line
    raise SystemExit(not is_whole)
