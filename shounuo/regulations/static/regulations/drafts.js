// On the review page j and k go to the next finding and the one before, by the links that are there anyway.
(() => {
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
