// After a refused form the reader lands on the summary of what is wrong.
(() => {
  const summary = document.querySelector("[data-errors]");
  if (summary) summary.focus();
})();
