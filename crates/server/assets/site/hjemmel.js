// What the browser adds where script runs: the summary of errors takes focus, a finished exchange is announced,
// and a form is not sent twice. Every page works without this file.
(() => {
  "use strict";
  // Nothing is kept in this browser, also not by the code of others: the address of a page can be personal. Threat T8.
  // This file is loaded before htmx, which would note the address and takes a refusal for an answer.
  Storage.prototype.setItem = () => { throw new DOMException("this site keeps nothing in the browser", "SecurityError"); };
  const focus = (root) => root.querySelector("[data-focus]")?.focus();
  document.addEventListener("DOMContentLoaded", () => focus(document));
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.elt;
    // What renews itself takes the focus from nobody.
    if (target.closest("[data-live]") || target.id === "on-file") return;
    const place = target.querySelector("[data-focus], h1, h2, tr");
    if (place) {
      place.setAttribute("tabindex", "-1");
      place.focus({ preventScroll: true });
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    event.target.dataset.sent = "yes";
    setTimeout(() => { event.target.dataset.sent = ""; }, 5000);
  });
  window.addEventListener("pageshow", (event) => {
    // A page kept by the back button after logging out shows nothing: ask the server again.
    if (event.persisted && document.querySelector(".site-who")) location.reload();
  });
})();
