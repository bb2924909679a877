// What pages gain from JavaScript. Each of them works without it.
import { initAll } from "govuk-frontend";
import { forgetDrafts, forgetSent, keepDrafts } from "plimsoll/drafts";

// A form sent twice by an impatient click would act twice. After ten seconds the sender
// may try again: the connection was probably lost.
const PATIENCE = 10_000;

function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, PATIENCE);
  });
}

// A table laid out as cards would lose its roles with its display; say them out loud.
const ROLES = [
  ["table", "table"],
  ["thead, tbody, tfoot", "rowgroup"],
  ["tr", "row"],
  ["td", "cell"],
  ["th[scope=col]", "columnheader"],
  ["th[scope=row]", "rowheader"],
];

function keepRoles(table) {
  for (const [selector, role] of ROLES) {
    const found = selector === "table" ? [table] : table.querySelectorAll(selector);
    for (const element of found) element.setAttribute("role", role);
  }
}

// A link to what is folded away unfolds it; without this it leads to what unfolds it.
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("summary")) target.parentElement.open = true;
}

initAll();
unfold();
addEventListener("hashchange", unfold);
document.querySelectorAll("form[method=post]").forEach(sendOnce);
document.querySelectorAll("table.pl-cards").forEach(keepRoles);
document.querySelectorAll("form[data-sign-out]").forEach((form) => {
  form.addEventListener("submit", forgetDrafts);
});
document.querySelectorAll("form[data-draft]").forEach(keepDrafts);
forgetSent();

// A page taken from the browser's memory must let its forms be sent again.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
