// A search box with a list below it as a combobox with list autocomplete (WAI-ARIA 1.2). The list is links that htmx puts there:
// without this they are a plain list of links, and without any script the form works as it stands.
// The cursor never leaves the box; Enter follows the link that is marked, or searches where none is.
const box = document.querySelector("[data-combobox]");
const list = document.getElementById(box.dataset.combobox);

const options = () => [...list.querySelectorAll('[role="option"]')];
const marked = () => list.querySelector('[aria-selected="true"]');

function mark(option) {
  marked()?.removeAttribute("aria-selected");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
}

function show(open) {
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (!open) mark(null);
}

function close() {
  htmx.trigger(box, "htmx:abort");
  show(false);
}

function taken() {
  for (const part of list.querySelectorAll(".fp-suggestions__part")) {
    part.setAttribute("role", "group");
    part.setAttribute("aria-labelledby", part.querySelector("p").id);
    part.querySelector("ul").removeAttribute("aria-labelledby");
    for (const plain of part.querySelectorAll("p, ul, li")) plain.setAttribute("role", "presentation");
  }
  list.querySelectorAll("a").forEach((link, index) => {
    link.id = `suggestion-${index + 1}`;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
  });
  mark(null);
  show(options().length > 0 && document.activeElement === box);
}

function move(step) {
  const all = options();
  if (!all.length) return false;
  const at = all.indexOf(marked());
  show(true);
  mark(at < 0 ? all.at(step > 0 ? 0 : -1) : all[(at + step + all.length) % all.length]);
  return true;
}

function press(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const open = !list.hidden;
  let done = false;
  if (event.key === "ArrowDown") done = move(1);
  else if (event.key === "ArrowUp") done = move(-1);
  else if (event.key === "Escape" && open) {
    close();
    done = true;
  } else if (event.key === "Enter" && marked()) {
    marked().click();
    done = true;
  } else if (event.key === "Home" || event.key === "End") mark(null);
  if (done) {
    event.preventDefault();
    event.stopPropagation();
  }
}

box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", list.id);
list.setAttribute("role", "listbox");
list.setAttribute("aria-labelledby", box.labels[0].id);
show(false);
box.addEventListener("keydown", press);
box.addEventListener("input", () => mark(null));
box.addEventListener("click", () => show(options().length > 0));
box.addEventListener("blur", close);
list.addEventListener("htmx:afterSwap", taken);
list.addEventListener("mousedown", (event) => event.preventDefault());
document.addEventListener("pointerdown", (event) => list.contains(event.target) || event.target === box || close());
