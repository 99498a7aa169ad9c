// Consent and single keys on the answer's page. Without this everything can still be opened and copied by hand.
// What was typed is put into a text here, in the browser, and goes nowhere.
const take = document.querySelector("[data-take]");

const typed = () => [...document.querySelectorAll('input[name="earlier"]')].map((field) => field.value).join(" ");

function fill() {
  const consent = take.querySelector('input[name="consent"]:checked');
  const words = take.querySelector("[data-words]").checked;
  for (const area of take.querySelectorAll('[id^="take-referral-"]')) {
    let text = area.defaultValue;
    if (consent) text = text.replace(/^Consent: .*$/m, () => `Consent: ${consent.value}`);
    if (words) text = text.replace("[your words]", typed);
    area.value = text;
  }
}

function press(event) {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const inAnswer = event.target === document.body || event.target.closest("main");
  if (typing || !inAnswer || event.ctrlKey || event.metaKey || event.altKey || take.querySelector("[data-keys-off]").checked) return;
  if (event.key === "v") {
    const view = document.querySelector("[data-safe-view]");
    view.checked = !view.checked;
    return;
  }
  const part = /^[crspl]$/.test(event.key) && take.querySelector(`[data-key="${event.key}"]`);
  if (!part) return;
  event.preventDefault();
  part.open = true;
  part.scrollIntoView({ block: "nearest" });
  (part.querySelector("[data-copy], a") ?? part.querySelector("summary")).focus();
}

if (take) {
  for (const hidden of take.querySelectorAll("[data-consent], [data-keys]")) hidden.hidden = false;
  take.addEventListener("change", fill);
  document.addEventListener("keydown", press);
}
