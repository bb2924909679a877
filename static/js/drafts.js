// Drafts: what is typed is kept on this device at once, and on the server a second after the
// last key, or while somebody types on and on, before two seconds have passed.
//
//   <form method="post" data-draft="/drafts/report/12/" data-draft-saved="2026-11-24T10:42:00+00:00">
//
// A copy on this device that the server never had is offered, never put in silently; whether it
// is newer than what the page shows is told by `data-draft-saved`, which is when that was saved,
// as draft or for good. The clock of the device may be wrong, so it decides no more than that.
// Copies are kept by person and form, forgotten when the form has arrived and when the person
// signs out.

const PREFIX = "plimsoll:draft:";
const SENT = "plimsoll:sent";
const PAUSE = 1_000;
const LONGEST = 1_500;
const PATIENCE = 10_000;
const RETRY = 30_000;

const person = document.body.dataset.user;
const keyOf = (form) => `${PREFIX}${person}:${form.dataset.draft}`;

// Storage may be full or forbidden; a draft on the server alone is still a draft.
function store(area, key, value) {
  try {
    if (value === null) window[area].removeItem(key);
    else window[area].setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

function recall(area, key) {
  try {
    return window[area].getItem(key);
  } catch {
    return null;
  }
}

const LEFT_OUT = new Set(["csrfmiddlewaretoken", "version"]);

function typed(form) {
  const secret = new Set([...form.querySelectorAll("[type=password]")].map(({ name }) => name));
  return [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !LEFT_OUT.has(name) && !secret.has(name),
  );
}

function putBack(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || LEFT_OUT.has(control.name)) continue;
    if (["file", "submit", "button", "password"].includes(control.type)) continue;
    // A part's mark of what it was typed on comes back with its text; other hidden fields stay.
    if (control.type === "hidden" && !("kept" in control.dataset)) continue;
    const kept = values.get(control.name) ?? [];
    if (["radio", "checkbox"].includes(control.type)) control.checked = kept.includes(control.value);
    else if (kept.length) control.value = kept.shift();
  }
}

function clock(date) {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function statusLine(form) {
  const line = document.createElement("p");
  line.className = "pl-draft";
  line.setAttribute("role", "status");
  form.prepend(line);
  // The same words again would be read out again.
  return (words) => {
    if (line.textContent !== words) line.textContent = words;
  };
}

async function send(form, signal) {
  const body = new URLSearchParams(typed(form));
  const token = form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "";
  const answer = await fetch(form.dataset.draft, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token, Accept: "application/json" },
    signal,
  });
  if (answer.redirected || answer.status === 403) return { reason: "you are signed out" };
  if (!answer.ok) return { reason: "the service did not answer as it should" };
  return { savedAt: (await answer.json()).saved_at };
}

export function keepDrafts(form) {
  const key = keyOf(form);
  const say = statusLine(form);
  const original = JSON.stringify(typed(form));
  let timer;
  let since = null; // when the first change was made that no save has taken up
  let request = null; // the save that is under way
  let behind = false; // does the server lack something?
  let copy = null;
  let onDevice = false;

  function keep(facts) {
    copy = facts;
    onDevice = store("localStorage", key, JSON.stringify(copy));
  }

  function wait(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  function saveSoon() {
    wait(Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  }

  // One at a time: what was sent first must not arrive last and stand over newer text.
  async function save() {
    clearTimeout(timer);
    since = null;
    const mine = (request = new AbortController());
    const patience = setTimeout(() => mine.abort(), PATIENCE);
    let result;
    try {
      result = await send(form, mine.signal);
    } catch {
      result = { reason: "no connection" };
    }
    clearTimeout(patience);
    if (request !== mine) return; // the form itself was sent meanwhile
    request = null;
    behind = since !== null || !result.savedAt;
    if (result.savedAt) {
      if (!behind) keep({ ...copy, sent: true });
      say(`Draft saved ${result.savedAt}${onDevice ? ", also on this device" : ""}`);
    } else {
      say(`Not saved yet: ${result.reason}. ${onDevice ? "Kept on this device" : "Copy your text before you leave"}`);
    }
    if (since !== null) saveSoon();
    else if (behind) wait(RETRY);
  }

  function changed() {
    keep({ at: new Date().toISOString(), fields: typed(form) });
    behind = true;
    since ??= Date.now();
    if (!request) saveSoon();
  }

  form.addEventListener("input", changed);
  addEventListener("online", () => {
    if (behind && !request) save();
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request?.abort();
    request = null;
    store("sessionStorage", SENT, key);
  });
  offer(form, key, original, changed);
}

// A copy on this device that was not saved: shown with its time, and taken only when asked for.
function offer(form, key, original, changed) {
  const copy = JSON.parse(recall("localStorage", key) ?? "null");
  if (!copy || JSON.stringify(copy.fields) === original) return;
  if (copy.sent) {
    store("localStorage", key, null);
    return;
  }
  const box = document.createElement("div");
  box.className = "govuk-inset-text pl-offer";
  const text = document.createElement("p");
  text.className = "govuk-body";
  const at = new Date(copy.at);
  const saved = form.dataset.draftSaved;
  const newer = !saved || at > new Date(saved);
  text.textContent = `What you typed here on ${at.toLocaleDateString("en-GB", { day: "numeric", month: "long" })} at ${clock(at)} is kept on this device and ${newer ? "is newer than what is saved" : "was never saved"}.`;
  const answer = (words, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = words;
    button.addEventListener("click", () => {
      act();
      box.remove();
      form.querySelector(".pl-draft").textContent = `${words}: done`;
    });
    return button;
  };
  const buttons = document.createElement("div");
  buttons.className = "govuk-button-group";
  buttons.append(
    answer("Use what is on this device", () => {
      putBack(form, copy.fields);
      changed();
    }),
    answer("Forget what is on this device", () => store("localStorage", key, null)),
  );
  box.append(text, buttons);
  form.prepend(box);
}

// The form that was sent has arrived when another page of ours comes back for the same person.
// The form itself coming back, an error page or the sign-in page prove nothing.
export function forgetSent() {
  const key = recall("sessionStorage", SENT);
  if (!key || !person || "unsaved" in document.body.dataset) return;
  store("sessionStorage", SENT, null);
  const back = [...document.querySelectorAll("form[data-draft]")].some((form) => keyOf(form) === key);
  if (!back) store("localStorage", key, null);
}

export function forgetDrafts() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  } catch {
    // Where storage is forbidden nothing was kept.
  }
}
