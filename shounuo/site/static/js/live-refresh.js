// A region with data-live="address" and data-every="seconds" is fetched again, but never under the reader's hands:
// not while the page is hidden, a dialog is open, or the focus is inside the region.
(() => {
  if (!window.htmx) return;
  const busy = (region) =>
    document.hidden || region.contains(document.activeElement) || document.querySelector("dialog[open]");
  const refresh = (id) => {
    const region = document.getElementById(id);
    if (!region || busy(region)) return;
    window.htmx.ajax("GET", region.dataset.live, { target: region, swap: "outerHTML", select: `#${id}` });
  };
  document.querySelectorAll("[data-live][id]").forEach((region) => {
    const seconds = Math.max(5, Number(region.dataset.every) || 30);
    window.setInterval(refresh, seconds * 1000, region.id);
  });
})();
