// Buttons with data-print print the page; without script they stay hidden (the browser's own menu prints).
(() => {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
