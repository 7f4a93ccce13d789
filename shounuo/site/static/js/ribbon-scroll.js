// Brings today's cell of a day ribbon into view where the ribbon is wider than the screen.
(() => {
  const show = (root) => root.querySelectorAll("[data-ribbon]").forEach((ribbon) => {
    const cell = ribbon.querySelector(".is-now") || ribbon.querySelector(".day--due");
    if (!cell || ribbon.scrollWidth <= ribbon.clientWidth) return;
    ribbon.scrollLeft = cell.offsetLeft - ribbon.clientWidth / 2 + cell.offsetWidth / 2;
  });
  show(document);
  document.addEventListener("htmx:afterSwap", (event) => show(event.target));
})();
