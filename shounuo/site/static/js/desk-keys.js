// The desk's keys: / finds, n registers, j and k move, ? shows the keys; a verb's own key presses it (data-key).
// One switch in the help turns them off on this computer (WCAG 2.1.4).
(() => {
  const dialog = document.getElementById("keys");
  const toggle = document.querySelector("[data-keys-switch]");
  const on = () => localStorage.getItem("desk-keys") !== "off";
  const typing = (node) => node.isContentEditable || /^(input|textarea|select)$/i.test(node.tagName);
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const focusRow = (row) => {
    const link = row.matches("a") ? row : row.querySelector("a, button");
    if (link) { link.focus(); row.scrollIntoView({ block: "nearest" }); }
  };
  const move = (step) => {
    const all = rows();
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
    if (next) focusRow(next);
  };
  const help = () => dialog && dialog.showModal();
  const find = () => { const box = document.querySelector("[data-find]"); if (box) { box.focus(); box.select(); } };
  const press = (key) => {
    const verb = document.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`);
    if (verb) verb.click();
    return Boolean(verb);
  };
  const keys = { "/": find, "?": help, j: () => move(1), k: () => move(-1) };
  // menus of the head: Escape and a press elsewhere close them
  const menus = () => document.querySelectorAll("details[name=top][open]");
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !on()) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const action = keys[event.key];
    if (action) { event.preventDefault(); action(); } else if (press(event.key)) event.preventDefault();
  });
  document.querySelectorAll("[data-keys-open]").forEach((button) => button.addEventListener("click", help));
  if (toggle) {
    toggle.checked = on();
    toggle.addEventListener("change", () => localStorage.setItem("desk-keys", toggle.checked ? "on" : "off"));
  }
})();
