// A page that waits for a passkey: asks the browser for it, puts the answer into the form and sends it.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const named = (list) => (list || []).map((entry) => ({ ...entry, id: toBytes(entry.id) }));

async function made(options) {
  const key = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
    },
  });
  return {
    id: key.id, rawId: toText(key.rawId), type: key.type, extensions: JSON.stringify(key.getClientExtensionResults()),
    response: {
      attestationObject: toText(key.response.attestationObject),
      clientDataJSON: toText(key.response.clientDataJSON),
      transports: key.response.getTransports ? key.response.getTransports() : null,
    },
  };
}

async function shown(options) {
  const key = await navigator.credentials.get({
    publicKey: { ...options, challenge: toBytes(options.challenge), allowCredentials: named(options.allowCredentials) },
  });
  return {
    id: key.id, rawId: toText(key.rawId), type: key.type, assertionClientExtensions: JSON.stringify(key.getClientExtensionResults()),
    response: {
      authenticatorData: toText(key.response.authenticatorData),
      clientDataJSON: toText(key.response.clientDataJSON),
      signature: toText(key.response.signature),
      userHandle: toText(key.response.userHandle || new ArrayBuffer(0)),
    },
  };
}

const form = document.querySelector("form[data-passkey]");
if (form) {
  const options = JSON.parse(form.dataset.options);
  try {
    const answer = form.dataset.passkey === "create" ? await made(options) : await shown(options);
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch {
    form.querySelector("[data-said]").textContent = form.dataset.failed;
  }
}
