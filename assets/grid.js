/* The grid's script is large and most visits show no grid: the first grid drawn asks for it. */
(() => {
  "use strict";
  let asked = null;
  const script = () =>
    (asked ||= new Promise((done, failed) => {
      const tag = document.createElement("script");
      tag.src = document.querySelector("[data-grid]").dataset.grid;
      tag.onload = done;
      tag.onerror = () => {
        asked = null;
        failed(new Error("The grid could not be loaded."));
      };
      document.head.append(tag);
    }));
  /* Stands in for the component until its script has put the real one in this place. */
  function AgGrid(props) {
    const { createElement, useEffect, useState } = window.React;
    const [Grid, show] = useState(() => real());
    useEffect(() => {
      let isHere = true;
      const ask = () => script().then(() => isHere && show(() => real()), () => isHere && setTimeout(ask, 5000));
      if (!Grid) ask();
      return () => (isHere = false);
    }, []);
    return Grid ? createElement(Grid, props) : null;
  }
  AgGrid.dashRenderType = true;
  const real = () => (window.dash_ag_grid.AgGrid === AgGrid ? null : window.dash_ag_grid.AgGrid);
  window.dash_ag_grid = { AgGrid };
})();
