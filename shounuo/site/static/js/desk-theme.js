// Light, dark, or as the system: a cookie, so that the server draws the next page right at once.
(() => {
  const root = document.documentElement;
  const mark = () => document.querySelectorAll("[data-theme-set]").forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.themeSet === (root.dataset.theme || ""))));
  const set = (theme) => {
    const age = theme ? 31536000 : 0;
    document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    mark();
  };
  document.querySelectorAll("[data-theme-row]").forEach((row) => { row.hidden = false; });
  document.querySelectorAll("[data-theme-set]").forEach((button) =>
    button.addEventListener("click", () => set(button.dataset.themeSet)));
  mark();
})();
