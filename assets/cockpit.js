/* The browser's part: choosing marks, the table twins, drawers, theme and language. One listener
   per kind of event on the document; what an element does stands in its data- attributes. */
(() => {
  "use strict";
  /* What belongs to one page and is left behind on the way to another. */
  const OWN = [
    ...["focus", "weights", "limits", "ends", "by", "keep", "judged", "checks", "campaign", "moved"],
    ...["defined", "tasks", "owner", "find", "turned", "concentrated"],
  ];
  const PLAIN = new Set(["period", "compare", "threshold", "path", "as_of", ...OWN]);
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1];

  const root = document.documentElement;
  if (cookie("theme")) root.dataset.bsTheme = cookie("theme");

  /* ── The URL ─────────────────────────────────────────────────────────────────────────────── */
  const prefix = () => {
    const config = document.getElementById("_dash-config");
    return (config && JSON.parse(config.textContent).requests_pathname_prefix) || "/";
  };
  const address = (path) => prefix() + path.replace(/^\//, "");
  const query = () => new Map(new URLSearchParams(location.search));
  const write = (pairs) => {
    const text = [...pairs].map(
      ([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":")}`,
    );
    return text.length ? `?${text.join("&")}` : "";
  };
  const show = (search) => {
    if (search === location.search) return;
    clearMark();
    set("url", { search });
  };
  const path = (pairs) => (pairs.get("path") || "").split(",").filter(Boolean);
  const walk = (pairs, steps) => (steps.length ? pairs.set("path", steps.join(",")) : pairs.delete("path"));

  function apply(go, panel, label) {
    if (go.startsWith("/")) return travel(go);
    if (go.startsWith("?")) return show(go === "?" ? "" : go);
    const pairs = query();
    for (const part of go.split("&")) {
      const at = part.indexOf("=");
      const key = at < 0 ? part.replace(/^-/, "") : part.slice(0, at);
      const value = at < 0 ? "" : decodeURIComponent(part.slice(at + 1));
      if (key === "mark") choose(panel, value, label);
      else change(pairs, key, value);
    }
    show(write(pairs));
  }
  function change(pairs, key, value) {
    if (value) pairs.set(key, value);
    else pairs.delete(key);
    if (PLAIN.has(key)) return;
    const steps = path(pairs).filter((step) => step !== key);
    walk(pairs, value ? [...steps, key] : steps);
  }
  function back() {
    const pairs = query();
    const last = path(pairs).pop();
    if (last) change(pairs, last, "");
    show(write(pairs));
  }
  function travel(target) {
    const [place, own] = target.split("?");
    const pairs = query();
    OWN.forEach((key) => pairs.delete(key));
    new URLSearchParams(own || "").forEach((value, key) => pairs.set(key, value));
    clearMark();
    document.body.classList.remove("nav-open");
    history.pushState({}, "", address(place) + write(pairs));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    /* Dash hands on the # that it found when the page was loaded. */
    push(state, title, String(url ?? location.href).replace(/#.*$/, ""));
    queueMicrotask(moved);
  };
  function moved() {
    const kept = query();
    OWN.forEach((key) => kept.delete(key));
    for (const link of all("a[data-nav]")) {
      const goal = address(link.dataset.nav);
      link.href = goal + write(kept);
      if (goal === location.pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
  window.addEventListener("popstate", () => {
    moved();
    restore();
  });

  /* ── What a page lets its reader choose ──────────────────────────────────────────────────── */
  const month = (text, add) => new Date(Date.UTC(+text.slice(0, 4), +text.slice(5) - 1 + add, 1)).toISOString().slice(0, 7);
  function chosenEnds(field) {
    const [first, last] = all('[data-choice="ends"] select', field.parentElement).map((each) => each.value).sort();
    return `${first === last ? month(last, -1) : first}..${last}`;
  }
  function chosenPart(text, part, value) {
    const parts = new Map((text || "").split(",").filter(Boolean).map((each) => each.split(":")));
    return [...parts.set(part, value)].map((pair) => pair.join(":")).join(",");
  }
  document.addEventListener("change", ({ target }) => {
    const field = target.closest("[data-choice]");
    if (!field) return;
    const pairs = query();
    const { choice, part } = field.dataset;
    let value = target.value === "-" ? "" : target.value;
    if (choice === "ends") value = chosenEnds(field);
    if (part) value = chosenPart(pairs.get(choice), part, value);
    change(pairs, choice, value);
    show(write(pairs));
  });

  /* ── Charts: marks, summaries, table twins ───────────────────────────────────────────────── */
  let chosen = null;
  const wired = new WeakSet();
  const seen = new WeakMap();
  const framed = (panel) => document.querySelector(`section[data-panel="${panel}"]`);
  const chart = (panel) => framed(panel)?.querySelector(".js-plotly-plot");
  const meta = (plot) => plot?.layout?.meta;
  const plain = (value) => (Array.isArray(value) ? value[0] : value);

  function wire(plot) {
    if (wired.has(plot) || !plot.on) return;
    wired.add(plot);
    const panel = plot.closest("[data-panel]")?.dataset.panel;
    plot.on("plotly_click", ({ points }) => {
      const point = points.find((each) => plain(each.customdata));
      if (point) apply(plain(point.customdata), panel, named(plot, plain(point.customdata), point));
    });
    plot.on("plotly_hover", ({ points }) => plot.classList.toggle("can-choose", points.some((p) => plain(p.customdata))));
    plot.on("plotly_unhover", () => plot.classList.remove("can-choose"));
    plot.on("plotly_afterplot", () => drawn(plot, panel));
    drawn(plot, panel);
  }
  const AGAIN = { type: "button", class: "btn btn-outline", "data-again": "1" };
  function drawn(plot, panel) {
    const found = meta(plot);
    if (!found || seen.get(plot) === found) return;
    seen.set(plot, found);
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", found.summary);
    framed(panel)?.querySelector(".panel-body > [data-again]")?.remove();
    if (found.again) plot.closest(".panel-body")?.append(element("button", found.again, AGAIN));
    const twin = document.querySelector(`[data-twin="${panel}"]`);
    if (twin && !twin.hidden) fill(twin, found);
    if (chosen?.panel === panel) paint(plot, `mark=${chosen.mark}`);
  }
  function named(plot, go, point) {
    const found = meta(plot);
    const row = found ? found.go.indexOf(go) : -1;
    if (row >= 0) return found.rows[row][0];
    const text = String(point.hovertext || "").split("<br>")[0];
    return new DOMParser().parseFromString(text, "text/html").body.textContent;
  }
  function choose(panel, mark, label) {
    const again = chosen && chosen.panel === panel && chosen.mark === mark;
    clearMark();
    if (!again) hold(panel, mark, label);
    stamp();
  }
  function hold(panel, mark, label) {
    chosen = { panel, mark, label };
    set("mark", { data: chosen });
    if (chart(panel)) paint(chart(panel), `mark=${mark}`);
    framed(panel)?.classList.add("has-mark");
    framed(panel)?.scrollIntoView({ block: "nearest" });
  }
  function clearMark() {
    if (!chosen) return;
    const plot = chart(chosen.panel);
    framed(chosen.panel)?.classList.remove("has-mark");
    chosen = null;
    set("mark", { data: null });
    if (plot) paint(plot, null);
  }
  function paint(plot, go) {
    const shapes = (plot.layout.shapes || []).filter((shape) => shape.name !== "mark");
    const places = plot.data.map((trace) => picked(trace, go));
    plot.data.forEach((trace, i) => {
      if (trace.type === "heatmap" && places[i].length) shapes.push(outline(trace, places[i][0]));
    });
    const bars = plot.data.map((trace, i) => i).filter((i) => plot.data[i].customdata && plot.data[i].type !== "heatmap");
    const points = bars.map((i) => (go ? places[i] : null));
    window.Plotly.update(plot, { selectedpoints: points, "unselected.marker.opacity": 0.3 }, { shapes }, bars);
  }
  const readable = (go) => (go ? decodeURIComponent(go) : "");
  function picked(trace, go) {
    if (!go || !trace.customdata) return [];
    const places = [];
    trace.customdata.forEach((each, i) => {
      if (trace.type !== "heatmap") readable(each) === go && places.push(i);
      else each.forEach((cell, j) => readable(cell) === go && places.push([i, j]));
    });
    return places;
  }
  const outline = (trace, [i, j]) => ({
    name: "mark",
    type: "rect",
    x0: trace.x[j] - 0.5,
    x1: trace.x[j] + 0.5,
    y0: trace.y[i] - 0.5,
    y1: trace.y[i] + 0.5,
    line: { width: 2, color: getComputedStyle(root).getPropertyValue("--ink") },
  });

  function element(name, text, marks = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(marks)) made.setAttribute(key, value);
    return made;
  }
  function fill(twin, found) {
    const table = element("table", "", { class: "plain-table" });
    const head = table.createTHead().insertRow();
    found.columns.forEach((name, i) => head.append(element("th", name, { scope: "col", class: i ? "number" : "text" })));
    const body = table.createTBody();
    found.rows.forEach((cells, at) => {
      const row = body.insertRow();
      cells.forEach((text, i) => {
        const cell = element(i ? "td" : "th", "", i ? { class: "number" } : { scope: "row", class: "text" });
        const go = i === 0 && found.go[at];
        cell.append(go ? element("a", text, { href: "#", "data-go": go }) : text);
        row.append(cell);
      });
    });
    twin.replaceChildren(element("p", found.summary), table);
  }
  function toggle(button) {
    const panel = button.dataset.table;
    const frame = framed(panel);
    const twin = frame?.querySelector("[data-twin]");
    if (!twin) return;
    twin.hidden = !twin.hidden;
    frame.classList.toggle("as-table", !twin.hidden);
    button.setAttribute("aria-pressed", String(!twin.hidden));
    if (!twin.hidden) fill(twin, meta(chart(panel)) || { summary: "", columns: [], rows: [], go: [] });
  }

  /* ── Buttons ─────────────────────────────────────────────────────────────────────────────── */
  let count = 0;
  let opened = null;
  const markOf = (panel) => (chosen?.panel === panel ? chosen.mark : null);
  function open(kind, panel, metric) {
    set(`${kind}-request`, { data: { panel, metric: metric || null, mark: markOf(panel), n: ++count } });
    set(`${kind}-drawer`, { is_open: true });
    opened = { kind, panel, metric: metric || "", isUp: false };
  }
  function rows(panel, metric) {
    open("rows", panel, metric);
    stamp();
  }
  function explain(metric, panel) {
    open("explain", panel, metric);
    stamp();
  }
  function download(panel, metric, kind) {
    const pairs = query();
    if (metric) pairs.set("metric", metric);
    if (markOf(panel)) pairs.set("mark", markOf(panel));
    location.assign(address(`export/${panel}.${kind}`) + write(pairs));
  }
  function task(panel, metric) {
    set("tasks-request", { data: { panel, metric: metric || null, mark: markOf(panel), n: ++count } });
    set("rows-drawer", { is_open: false });
    set("tasks-new-drawer", { is_open: true });
  }
  function menu(open) {
    document.body.classList.toggle("nav-open", open);
    const goal = document.querySelector(open ? "#navigation a" : '[data-menu="open"]');
    goal?.focus();
  }
  const actions = {
    go: (it) => apply(it.dataset.go, it.closest("[data-panel]")?.dataset.panel, it.textContent),
    rows: (it) => {
      const { rows: panel, metric, mark } = it.dataset;
      if (mark && markOf(panel) !== mark) choose(panel, mark, it.textContent);
      rows(panel, metric);
    },
    explain: (it) => explain(it.dataset.explain, it.dataset.panel),
    csv: (it) => download(it.dataset.csv, it.dataset.metric, "csv"),
    task: (it) => task(it.dataset.task, it.dataset.metric),
    xlsx: (it) => download(it.dataset.xlsx, it.dataset.metric, "xlsx"),
    pdf: (it) => download(it.dataset.pdf, "", "pdf"),
    table: toggle,
    nav: (it) => travel(it.dataset.nav),
    drawer: (it) => set(it.dataset.drawer, { is_open: true }),
    menu: (it) => menu(it.dataset.menu === "open" && !document.body.classList.contains("nav-open")),
    signin: (it) => location.assign(it.href),
    retry: () => window.dispatchEvent(new Event("online")),
    again: () => location.reload(),
    close: (it) => set(it.closest("[aria-live]").id, { children: [] }),
    print: () => window.print(),
  };
  const SELECTOR = Object.keys(actions).map((name) => `[data-${name}]`).join(",");

  const menus = () => all("details.user-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const it = event.target.closest(SELECTOR) || gridRow(event.target);
    if (!it) return;
    event.preventDefault();
    actions[Object.keys(actions).find((name) => it.dataset[name] !== undefined)](it);
  });
  function gridRow(target) {
    const row = target.closest(".ag-row");
    const go = row?.getAttribute("row-id")?.split("|").slice(1).join("|");
    return go && !getSelection().toString() ? { dataset: { go }, closest: () => row.closest("[data-panel]") } : null;
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [role=listbox], [role=combobox]");
    if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
    const panel = event.target.closest?.("[data-panel]")?.dataset.panel;
    if (event.key.toLowerCase() === "r" && panel && document.querySelector(`[data-rows="${panel}"]`)) rows(panel);
    if (event.key === "Escape") escape();
  });
  function escape() {
    for (const menu of menus()) {
      menu.querySelector("summary").focus();
      return (menu.open = false);
    }
    if (document.querySelector(".offcanvas.show, .modal.show")) return;
    if (document.body.classList.contains("nav-open")) menu(false);
    else if (chosen) {
      clearMark();
      stamp();
    } else back();
  }

  /* ── The mark and the open drawer stand behind the #: for a link, a reload and the way back ─ */
  const KINDS = ["rows", "explain"];
  const told = () => new URLSearchParams(location.hash.slice(1));
  function stamp() {
    const pairs = new URLSearchParams();
    if (chosen) pairs.set("mark", `${chosen.panel}|${chosen.mark}`);
    if (opened) pairs.set(opened.kind, `${opened.panel}|${opened.metric}`);
    const hash = pairs.size ? `#${pairs}` : "";
    if (hash === location.hash) return;
    const target = location.pathname + location.search + hash;
    const isOurs = history.state?.view;
    if (isOurs && !hash) history.back();
    else if (isOurs || !hash) history.replaceState(history.state, "", target);
    else push({ view: true }, "", target);
  }
  /* What is told of a page that is not drawn yet waits until it is. */
  let isDue = Boolean(location.hash);
  function restore() {
    isDue = false;
    const [panel, mark] = halves(told().get("mark"));
    if (chosen && (chosen.panel !== panel || chosen.mark !== mark)) clearMark();
    if (mark && !chosen) {
      if (!framed(panel) || (chart(panel) && !meta(chart(panel)))) return (isDue = true);
      hold(panel, mark, labelled(panel, mark));
    }
    const kind = KINDS.find((each) => told().has(each));
    const [of, metric] = halves(told().get(kind));
    if (opened && (opened.kind !== kind || opened.panel !== of)) {
      set(`${opened.kind}-drawer`, { is_open: false });
      opened = null;
    }
    if (kind && !opened) open(kind, of, metric);
  }
  function halves(text) {
    const at = (text || "").indexOf("|");
    return at < 0 ? ["", ""] : [text.slice(0, at), text.slice(at + 1)];
  }
  function labelled(panel, mark) {
    const found = meta(chart(panel));
    const row = found ? found.go.findIndex((go) => readable(go) === `mark=${mark}`) : -1;
    if (row >= 0) return found.rows[row][0];
    return all("[data-mark]", framed(panel)).find((each) => each.dataset.mark === mark)?.textContent || mark;
  }
  /* Drawers close by a button, a key or a click beside them. */
  function closed() {
    const isUp = opened && document.querySelector(`#${opened.kind}-drawer.show`);
    if (isUp) opened.isUp = true;
    else if (opened?.isUp) {
      opened = null;
      stamp();
    }
  }

  /* ── What Dash draws later ───────────────────────────────────────────────────────────────── */
  const footer = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, footer];
  function printFooter() {
    const words = ["#title", "#as-of", "#chips .chip:not(.add)"].flatMap((s) => all(s).map((e) => e.textContent));
    const text = JSON.stringify(words.join(" · ").replace(/[\n\\]/g, " "));
    if (footer.text !== text) footer.replaceSync(`@page{@bottom-left{content:${text}}}`);
    footer.text = text;
  }
  let due = false;
  /* The lab's controls are drawn anew from the URL; the keyboard stays where it was. */
  let held = "";
  document.addEventListener("focusin", ({ target }) => (held = target.closest(".lab") ? target.id : ""));
  document.addEventListener("pointerdown", () => (held = ""));
  function turn() {
    const turned = new Map((query().get("turned") || "").split(",").map((each) => each.split(":")));
    for (const field of all('[data-choice="turned"]')) {
      const list = field.querySelector("select");
      const wanted = turned.get(field.dataset.part) || field.dataset.part;
      if (list.value !== wanted) list.value = wanted;
    }
  }
  function settle() {
    due = false;
    turn();
    closed();
    if (isDue && document.querySelector("#chips .chip")) restore();
    if (held && document.activeElement === document.body) document.getElementById(held)?.focus({ preventScroll: true });
    root.lang = document.querySelector(".shell")?.lang || root.lang || "en";
    all(".js-plotly-plot").forEach(wire);
    moved();
    printFooter();
    all(".grid-table").forEach(narrow);
  }
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(settle);
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  for (const [when, width] of [["beforeprint", 680], ["afterprint", null]]) {
    window.addEventListener(when, () => {
      for (const plot of all(".js-plotly-plot").filter((each) => each.layout)) {
        const wide = plot.closest(".panel")?.matches(".wide") || !plot.closest(".grid-three");
        window.Plotly.relayout(plot, width ? { width: wide ? width : width / 2 - 40 } : { width: null, autosize: true });
      }
    });
  }

  /* A phone shows the main columns of a grid only. */
  const phone = window.matchMedia("(max-width: 760px)");
  const fitted = new WeakMap();
  function narrow(grid) {
    if (fitted.get(grid) === phone.matches || !grid.querySelector(".ag-row")) return;
    fitted.set(grid, phone.matches);
    const api = window.dash_ag_grid.getApi(grid.id);
    const minor = api.getColumns().filter((column) => String(column.getColDef().cellClass).includes("minor"));
    api.setColumnsVisible(minor, !phone.matches);
    api.sizeColumnsToFit();
  }
  phone.addEventListener("change", () => all(".grid-table").forEach(narrow));

  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
    shownText: (params) => params.data?.[`${params.colDef.field}__text`] ?? "",
  });
})();
