/* Spares the page work that changes nothing. Dash (dash-renderer 4.4) lets every element that is
   drawn anew announce it to the store, whether or not the store keeps anything of that element,
   and every element of the page then looks at the store again: n elements, n × n looks. Before
   anything is kept of an element the announcement is empty, and is dropped here. */
(() => {
  "use strict";
  const isEmpty = (store, { type, payload }) => {
    if (type !== "RESET_COMPONENT_STATE" || !payload.itempath) return false;
    const place = payload.itempath.join(",");
    return !Object.keys(store.getState().layoutHashes).some((kept) => kept.startsWith(place));
  };
  const spare = (store) => {
    const dispatch = store.dispatch;
    store.dispatch = (action) => (isEmpty(store, action) ? action : dispatch(action));
  };
  /* The list in which Dash puts its store, before anything is drawn. */
  const stores = (window.dash_stores ||= []);
  stores.push = (store) => {
    spare(store);
    return Array.prototype.push.call(stores, store);
  };
})();
