// A form with data-confirm="what will happen" asks first. Without script the form goes straight to a page that asks.
(() => {
  const dialog = document.getElementById("confirm");
  if (!dialog || !dialog.showModal) return;
  let pending = null;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const text = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (!text || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pending = { form, submitter: event.submitter };
    dialog.querySelector("[data-confirm-text]").textContent = text;
    dialog.showModal();
  }, true);
  dialog.querySelector("[data-confirm-no]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-confirm-yes]").addEventListener("click", () => {
    const { form, submitter } = pending;
    dialog.close();
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter || undefined);
    delete form.dataset.confirmed;
  });
})();
