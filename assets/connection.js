/* A lost connection or session: the question waits, is told of, and is asked again. */
(() => {
  "use strict";
  const prefix = () => JSON.parse(document.getElementById("_dash-config").textContent).requests_pathname_prefix || "/";
  const ask = window.fetch.bind(window);
  let waiting = [];
  const announce = (id, is) => {
    const banner = document.getElementById(id);
    if (banner) banner.hidden = !is;
    const same = banner?.querySelector("[data-reload]");
    if (same) same.href = location.pathname + location.search;
    const link = banner?.querySelector("[data-signin]");
    if (link) link.href = `${prefix()}login?next=${encodeURIComponent(location.pathname + location.search)}`;
  };
  function retry() {
    waiting.splice(0).forEach((again) => again());
  }
  const later = (milliseconds) =>
    new Promise((again) => {
      waiting.push(again);
      setTimeout(again, milliseconds);
    });
  window.addEventListener("online", retry);
  /* Somebody who signs in again in another window comes back to this one. */
  window.addEventListener("focus", retry);
  window.fetch = async (...request) => {
    const url = String(request[0]?.url || request[0]);
    if (!url.includes("_dash-update-component")) return ask(...request);
    for (;;) {
      try {
        const answer = await ask(...request);
        announce("connection", false);
        announce("signed-out", answer.status === 401);
        /* This page asks only what its own release knows: whoever refuses that is another one. */
        if (answer.status === 400) announce("outdated", true);
        if (answer.status === 401) await later(30000);
        else if (answer.status === 429) await later(300);
        else return answer;
      } catch (error) {
        if (error.name === "AbortError") throw error;
        announce("connection", true);
        await later(10000);
      }
    }
  };
})();
