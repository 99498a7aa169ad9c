// Copy buttons beside texts. Without this the texts can still be selected and copied by hand.
async function copy(button) {
  const area = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(area.value);
    button.textContent = "Copied";
  } catch {
    area.focus();
    area.select();
    button.textContent = "Selected: press Ctrl and C";
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
