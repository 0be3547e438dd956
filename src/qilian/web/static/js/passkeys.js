// Passkeys: hands the house's question to the browser and its answer back in a hidden field.
"use strict";

const form = document.querySelector("[data-passkey]");
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function question(options) {
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials])
    for (const each of list ?? []) each.id = toBytes(each.id);
  return options;
}

function answer(credential) {
  const { response } = credential;
  const said = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[name]) said[name] = toText(response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: {},
  });
}

if (form && window.PublicKeyCredential) {
  form.querySelector("[data-passkey-absent]").hidden = true;
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const publicKey = question(JSON.parse(form.dataset.options));
      const ask = form.dataset.passkey === "create" ? "create" : "get";
      form.elements.answer.value = answer(await navigator.credentials[ask]({ publicKey }));
      form.requestSubmit();
    } catch (problem) {
      failed.hidden = false;
    }
  });
}
