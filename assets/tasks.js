/* The list of tasks in the browser: choosing, one change for all that are chosen, and its keys. */
(() => {
  "use strict";
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const list = () => document.getElementById("tasks-list");
  const rows = () => all("#tasks-list tr[data-task-id]");
  const tick = (row) => row.querySelector("[data-tasks-pick]");
  const isChosen = (row) => tick(row)?.getAttribute("aria-checked") === "true";
  const chosen = () => rows().filter(isChosen);
  const pair = (row) => [+row.dataset.taskId, +row.dataset.taskVersion];
  let count = 0;
  let current = null;
  let timer = 0;
  const WRITES = "#tasks-create, #tasks-save, #tasks-note-save";
  const SHOWN_MS = 30000;
  function sayAWhile() {
    clearTimeout(timer);
    timer = setTimeout(() => set("tasks-toasts", { children: [] }), SHOWN_MS);
  }

  function choose(row, is) {
    tick(row)?.setAttribute("aria-checked", String(is));
    row.classList.toggle("chosen", is);
  }
  function counted() {
    const tools = document.getElementById("tasks-tools");
    if (!tools) return;
    const number = chosen().length;
    const words = tools.querySelector(".tasks-count");
    words.textContent = words.dataset.words.replace("{count}", number);
    tools.hidden = !number;
    const whole = document.querySelector("[data-tasks-all]");
    whole?.setAttribute("aria-checked", number && number === rows().length ? "true" : number ? "mixed" : "false");
  }
  function press(field, value, which) {
    if (!which.length || !value) return;
    sayAWhile();
    set("tasks-pressed-request", { data: { field, value, chosen: which.map(pair), n: ++count } });
    which.forEach((row) => choose(row, false));
    counted();
  }
  function open(row) {
    set("tasks-open-request", { data: { task: +row.dataset.taskId, n: ++count } });
    set("tasks-edit-drawer", { is_open: true });
  }
  function note({ noteDo, note: number, noteVersion }) {
    const data = { do: noteDo, note: +number, version: +noteVersion, n: ++count };
    set(noteDo === "open" ? "tasks-note-open-request" : "tasks-note-do-request", { data });
    if (noteDo === "open") set("tasks-note-drawer", { is_open: true });
  }
  function file(kind) {
    const config = JSON.parse(document.getElementById("_dash-config").textContent);
    location.assign(`${config.requests_pathname_prefix || "/"}tasks/list.${kind}${location.search}`);
  }

  document.addEventListener("click", (event) => {
    const { target } = event;
    const pick = target.closest("[data-tasks-pick]");
    const opened = target.closest("[data-tasks-open]");
    const whole = target.closest("[data-tasks-all]");
    const sent = target.closest("[data-tasks-file]");
    if (pick) choose(pick.closest("tr"), pick.getAttribute("aria-checked") !== "true");
    if (whole) {
      const is = whole.getAttribute("aria-checked") !== "true";
      rows().forEach((row) => choose(row, is));
    }
    if (pick || whole) counted();
    if (opened) open(opened.closest("tr"));
    const undone = target.closest("[data-tasks-undo]");
    if (undone) set("tasks-undo-request", { data: { action: undone.dataset.tasksUndo, n: ++count } });
    const noted = target.closest("[data-note-do]");
    if (noted) note(noted.dataset);
    if (target.closest(WRITES) || undone || noted) sayAWhile();
    if (sent) file(sent.dataset.tasksFile);
  });
  document.addEventListener("change", ({ target }) => {
    const field = target.closest("[data-tasks-set]");
    /* Whoever types a year passes through the first millennium. */
    if (!field || (target.type === "date" && target.value < "1900")) return;
    press(field.dataset.tasksSet, target.value, chosen());
    target.value = "";
  });

  /* ── Keys ────────────────────────────────────────────────────────────────────────────────── */
  function step(by) {
    const found = rows();
    if (!found.length) return;
    const at = found.indexOf(current);
    current = found[Math.min(Math.max(at + by, 0), found.length - 1)];
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "nearest" });
  }
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    x: () => {
      if (!current) return;
      choose(current, !isChosen(current));
      counted();
    },
    e: () => current && open(current),
    d: () => press("state", "done", chosen().length ? chosen() : current ? [current] : []),
    "/": () => document.querySelector("[data-tasks-search] input")?.focus(),
    "?": () => set("tasks-keys", { is_open: true }),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable], [role=listbox], [role=combobox]");
    if (!list() || typing || event.metaKey || event.ctrlKey || event.altKey) return;
    if (document.querySelector(".offcanvas.show, .modal.show")) return;
    const does = keys[event.key];
    if (!does) return;
    if (!current?.isConnected) current = rows().find((row) => row.dataset.taskId === current?.dataset.taskId) || null;
    event.preventDefault();
    does();
  });
})();
