export function bad(box, html) {
  // ruleid: html-from-a-script
  box.innerHTML = html;
  // ruleid: html-from-a-script
  box.insertAdjacentHTML("beforeend", html);
  // ruleid: text-kept-in-the-browser
  localStorage.setItem("text", box.value);
  // ruleid: text-kept-in-the-browser
  document.cookie = "text=" + box.value;
}

export function good(box, words) {
  // ok: html-from-a-script
  box.textContent = words;
  // ok: text-kept-in-the-browser
  box.dataset.open = "true";
}
