// On the review page j and k go to the next finding and the one before, by the links that are there anyway.
// Whoever comes to a finding has its rule at hand with the next Tab, while the text stays where it is.
(() => {
  if (location.hash === "#here") addEventListener("load", () => document.getElementById("rule")?.focus({ preventScroll: true }));
  const on = () => localStorage.getItem("desk-keys") !== "off";
  const typing = (node) => node.isContentEditable || /^(input|textarea|select)$/i.test(node.tagName);
  const links = { j: "#rule a[rel=next]", k: "#rule a[rel=prev]" };
  document.addEventListener("keydown", (event) => {
    if (!links[event.key] || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !on()) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const link = document.querySelector(links[event.key]);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (link) link.click();
  }, true);
})();
