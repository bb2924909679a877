// Shows what needs a passkey where the browser knows passkeys, and says what went wrong.
for (const part of document.querySelectorAll("[data-passkey]")) {
  part.hidden = !window.PublicKeyCredential;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-passkey-problem]");
  place.textContent =
    "The passkey was not used: the browser stopped, or there was none for this site. Try again, or use another way.";
  place.hidden = false;
});
