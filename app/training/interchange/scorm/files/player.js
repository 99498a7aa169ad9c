// Plays a module inside a learning management system by SCORM 1.2, and without one, where nothing is recorded.
"use strict";

const LONGEST_PAUSE = 300; // Seconds between two steps that still count as time spent.
const FURTHEST = 7; // How many windows up the system's API may be.
const FINAL = ["passed", "failed", "completed"];

const main = document.getElementById("course");
const course = JSON.parse(main.dataset.course);
const questions = course.questions;
const steps = ["start", ...course.steps, "finish"];
const say = (id, values = {}) => course.words[id].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const $ = (selector, within = main) => within.querySelector(selector);
const all = (selector, within = main) => [...within.querySelectorAll(selector)];
const section = (step) => $(`[data-step="${step}"]`);

// The learning management system. Everything that it is given is a string, and every answer of its is read.

function apiAbove(start) {
  for (let at = start, up = 0; at && up <= FURTHEST; up += 1) {
    try {
      if (at.API) return at.API;
    } catch {
      // A window of another site does not let us look; one above it may.
    }
    if (at.parent === at) return null;
    at = at.parent;
  }
  return null;
}

const api = apiAbove(window) || apiAbove(window.opener || window.top.opener);

const lms = {
  isOpen: false,
  isWhole: true,
  keeps: false,
  before: "",
  written: 0,
  spent: 0,
  touched: Date.now(),

  ask(name, ...given) {
    try {
      return String(api[name](...given.map(String)));
    } catch {
      return "false";
    }
  },
  get(element) { return this.isOpen ? this.ask("LMSGetValue", element) : ""; },
  set(element, value) {
    const isTaken = this.ask("LMSSetValue", element, value) === "true";
    this.isWhole &&= isTaken || element.startsWith("cmi.interactions."); // Systems need not keep those.
  },

  open() {
    this.isOpen = Boolean(api) && this.ask("LMSInitialize", "") === "true";
    if (!this.isOpen) return;
    this.before = this.get("cmi.core.lesson_status");
    this.keeps = !FINAL.includes(this.before) && !["browse", "review"].includes(this.get("cmi.core.lesson_mode"));
    this.written = Number.parseInt(this.get("cmi.interactions._count"), 10) || 0;
    if (this.keeps) this.set("cmi.core.lesson_status", "incomplete");
  },

  // Time spent so far in this session as HH:MM:SS; somebody who was away long counts as having been here for the longest pause.
  time() {
    const now = Date.now();
    this.spent += Math.min((now - this.touched) / 1000, LONGEST_PAUSE);
    this.touched = now;
    return clock(this.spent);
  },

  // Whether the system has everything. The session's time stands before each commit, because the last one before it counts.
  save(state, isDone) {
    if (!this.isOpen) return true;
    if (this.keeps) {
      this.set("cmi.core.lesson_location", state.at);
      this.set("cmi.suspend_data", JSON.stringify(state));
      this.set("cmi.core.exit", isDone ? "" : "suspend");
    }
    this.set("cmi.core.session_time", this.time());
    const isTaken = this.ask("LMSCommit", "") === "true" && this.isWhole;
    this.isWhole = true;
    return isTaken;
  },

  close() {
    if (!this.isOpen) return;
    this.ask("LMSFinish", "");
    this.isOpen = false;
  },

  answered(id, given, isRight, seconds) {
    if (!this.isOpen || !this.keeps) return;
    const place = `cmi.interactions.${this.written}`;
    this.set(`${place}.id`, id);
    this.set(`${place}.type`, questions[id].type);
    this.set(`${place}.time`, new Date().toTimeString().slice(0, 8));
    this.set(`${place}.correct_responses.0.pattern`, questions[id].right.join(","));
    this.set(`${place}.student_response`, given.join(","));
    this.set(`${place}.result`, isRight ? "correct" : "wrong");
    this.set(`${place}.latency`, clock(seconds));
    this.written += 1;
  },

  scored(percent) {
    if (!this.isOpen || !this.keeps) return;
    this.set("cmi.core.score.min", 0);
    this.set("cmi.core.score.max", 100);
    this.set("cmi.core.score.raw", percent);
    this.set("cmi.core.lesson_status", percent >= course.pass_mark ? "passed" : "failed");
  },
};

function clock(seconds) {
  const whole = Math.floor(seconds);
  return [whole / 3600, (whole / 60) % 60, whole % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
}

// What has been answered so far. `answers` goes by the number of the question, to stay short.

const ids = course.steps.filter((step) => questions[step]);
let state = { release: course.release, at: "start", answers: {} };
let shownAt = Date.now();

const givenTo = (id) => state.answers[ids.indexOf(id)];
const isDone = () => ids.every(givenTo);
const isRight = (id) => givenTo(id).length === questions[id].right.length && givenTo(id).every((one, at) => one === questions[id].right[at]);
const rightOf = (form) => ids.filter((id) => questions[id].form === form && isRight(id)).length;
const askedOf = (form) => ids.filter((id) => questions[id].form === form).length;
const percent = () => Math.round((100 * rightOf("after")) / askedOf("after"));

function kept() {
  try {
    const found = JSON.parse(lms.get("cmi.suspend_data"));
    const known = Object.entries(found.answers).every(([at, given]) => at in ids && given.every((one) => questions[ids[at]].may.includes(one)));
    return known && steps.includes(found.at) ? found : null;
  } catch {
    return null;
  }
}

// Showing.

function tell(id, values) { $("[data-status]").textContent = id ? say(id, values) : ""; }

function show(step) {
  all("[data-step]").forEach((one) => { one.hidden = one.dataset.step !== step; });
  document.title = [...new Set([$("h1", section(step)).textContent, course.title])].join(" - ");
  if (questions[step]) showQuestion(step);
  if (step === "finish") showResult();
  all("[data-end]").forEach((one) => { one.hidden = !isDone(); });
  shownAt = Date.now();
  window.scrollTo(0, 0);
  $("h1", section(step)).focus({ preventScroll: true });
}

function showQuestion(id) {
  const here = section(id);
  const given = givenTo(id);
  const isOpen = given && (questions[id].form !== "before" || isDone());
  all("input, select", here).forEach((one) => { one.disabled = Boolean(given); });
  $("form button", here).hidden = Boolean(given);
  $("[data-next]", here).hidden = !given;
  $("[data-later]", here).hidden = !given || isOpen;
  $("[data-reasons]", here).hidden = !isOpen;
  if (given) fill(here, given);
  if (isOpen) showReasons(id, here, given);
}

function fill(here, given) {
  all("input", here).forEach((one) => { one.checked = given.includes(one.value); });
  all("select", here).forEach((one, at) => { one.value = given[at]; });
}

function showReasons(id, here, given) {
  const { right, asked } = questions[id];
  const found = asked === "choice" ? right.filter((one) => given.includes(one)).length : right.filter((one, at) => one === given[at]).length;
  const verdict = isRight(id) ? "right" : found ? "partly" : "wrong";
  $("[data-reasons]", here).className = `fp-feedback fp-feedback--${verdict}`;
  $("[data-verdict]", here).textContent = say(verdict);
  const counts = { found, of: right.length, mistaken: given.length - found };
  $("[data-detail]", here).textContent = $("input[type=radio]", here) ? "" : say(asked === "choice" ? "found" : "in_place", counts);
  all("[data-part]", here).forEach((part) => (asked === "choice" ? showOption(part, here, given, right) : showPlace(part, here, given, right, asked)));
  if (asked === "choice") $("[data-others]", here).hidden = !$("[data-others] li", here);
}

function showOption(part, here, given, right) {
  const letter = part.dataset.part;
  $("[data-chosen]", part).hidden = !given.includes(letter);
  if (!given.includes(letter) && !right.includes(letter)) $("[data-others] ul", here).append(part);
}

function showPlace(part, here, given, right, asked) {
  const letter = part.dataset.part;
  const mine = (answers) => (asked === "ordering" ? answers.indexOf(letter) + 1 : answers.find((one) => one.startsWith(`${letter}.`)));
  const isFound = mine(given) === mine(right);
  const worded = (one) => (asked === "ordering" ? { number: one } : { answer: $(`option[value="${one}"]`, here).textContent });
  $("[data-found]", part).hidden = !isFound;
  $("[data-missed]", part).hidden = isFound;
  const [said, wanted] = asked === "ordering" ? ["put_at", "belongs_at"] : ["matched", "belongs_to"];
  $("[data-said]", part).textContent = say(said, worded(mine(given))) + (isFound ? "" : ` ${say(wanted, worded(mine(right)))}`);
}

function showResult() {
  $("[data-score-before]").textContent = say("score_before", { right: rightOf("before"), asked: askedOf("before") });
  $("[data-score-after]").textContent = say("score", { right: rightOf("after"), asked: askedOf("after") });
  const verdict = percent() >= course.pass_mark ? "passed" : "failed";
  const result = lms.keeps ? verdict : FINAL.includes(lms.before) ? "first_stands" : "not_recorded";
  $("[data-result]").textContent = say(result, { mark: course.pass_mark });
  $("[data-close]").hidden = !lms.isOpen;
  all("[data-line]").forEach((one) => {
    one.textContent = say(isRight(one.dataset.line) ? "right" : "wrong");
    one.classList.add(isRight(one.dataset.line) ? "nhsuk-tag--green" : "nhsuk-tag--orange");
  });
}

// Answering.

function read(form) {
  const selects = all("select", form);
  if (!selects.length) return all("input:checked", form).map((one) => one.value).sort();
  return selects.map((one) => one.value).filter(Boolean).length < selects.length ? [] : selects.map((one) => one.value);
}

function problems(form, id) {
  const selects = all("select", form);
  if (!selects.length) return $("input:checked", form) ? [] : [[$("input", form), say($("input[type=radio]", form) ? "choose_one" : "choose_some")]];
  const name = (one) => $(`label[for="${one.id}"]`, form).textContent;
  const missing = selects.filter((one) => !one.value).map((one) => [one, say("choose_for", { what: name(one) })]);
  const twice = questions[id].asked === "ordering" ? selects.filter((one, at) => one.value && selects.findIndex((other) => other.value === one.value) < at) : [];
  return [...missing, ...twice.map((one) => [one, say("placed_twice", { what: name(one) })])];
}

function complain(form, found) {
  const summary = $("[data-errors]", form);
  all("[data-error]", form).forEach((one) => one.remove());
  all("[data-hint]", form).forEach((one) => one.setAttribute("aria-describedby", one.dataset.hint));
  $("ul", summary).replaceChildren(...found.map(([field, words]) => {
    const entry = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: `#${field.id}`, textContent: words });
    link.addEventListener("click", (event) => { event.preventDefault(); field.focus(); });
    entry.append(link);
    return entry;
  }));
  found.forEach(([field, words]) => {
    const error = Object.assign(document.createElement("span"), { className: "nhsuk-error-message", id: `${field.id}-error`, textContent: words });
    error.dataset.error = "";
    const whole = field.matches("select") ? field : $("fieldset", form);
    whole.dataset.hint ??= whole.getAttribute("aria-describedby") || "";
    whole.setAttribute("aria-describedby", `${whole.dataset.hint} ${error.id}`.trim());
    if (field.matches("select")) field.before(error); else $("legend", form).after(error);
  });
  summary.hidden = !found.length;
  if (found.length) {
    document.title = document.title.startsWith(say("error")) ? document.title : `${say("error")} ${document.title}`;
    summary.focus();
  }
}

function answer(form, id) {
  const found = problems(form, id);
  complain(form, found);
  if (found.length || givenTo(id)) return;
  state.answers[ids.indexOf(id)] = read(form);
  lms.answered(id, givenTo(id), isRight(id), Math.min((Date.now() - shownAt) / 1000, LONGEST_PAUSE));
  if (isDone()) lms.scored(percent());
  state.at = steps[steps.indexOf(id) + 1];
  save();
  show(questions[id].form === "before" ? state.at : id);
  if (questions[id].form !== "before") $("[data-reasons]", section(id)).focus();
}

function save() {
  const isTaken = lms.save(state, isDone());
  if (lms.isOpen && lms.keeps) tell(isTaken ? "saved" : "not_saved");
  return isTaken;
}

function goOn(step) {
  const next = steps[steps.indexOf(step) + 1];
  if (steps.indexOf(next) > steps.indexOf(state.at)) {
    state.at = next;
    save();
  }
  show(next);
}

function send() {
  if (!save()) return;
  lms.close();
  $("[data-close]").hidden = true;
  tell("closed");
}

main.addEventListener("submit", (event) => {
  event.preventDefault();
  answer(event.target, event.target.closest("[data-step]").dataset.step);
});

main.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=button]");
  if (!button) return;
  const here = button.closest("[data-step]").dataset.step;
  if ("next" in button.dataset) goOn(here);
  if ("back" in button.dataset) show(steps[steps.indexOf(here) - 1]);
  if ("end" in button.dataset) show("finish");
  if ("show" in button.dataset) show(button.dataset.show);
  if ("close" in button.dataset) send();
});

window.addEventListener("pagehide", () => {
  if (!lms.isOpen) return;
  if (!lms.save(state, isDone())) lms.save(state, isDone());
  lms.close();
});
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

// Beginning, or going on where somebody stopped.

function begin() {
  $("[data-without-script]").hidden = true;
  lms.open();
  const found = lms.isOpen ? kept() : null;
  const isOfThis = found && found.release === course.release;
  if (isOfThis) state = found;
  const notice = $("[data-notice]");
  const wasFinal = FINAL.includes(lms.before);
  const why = !lms.isOpen ? "no_system" : wasFinal ? "finished_before" : !lms.keeps ? "not_kept" : found && !isOfThis ? "rewritten" : "";
  if (why) notice.textContent = say(why);
  notice.hidden = !why;
  if (lms.keeps) lms.save(state, isDone());
  show(isDone() ? "finish" : "start");
  if (isOfThis && !isDone() && state.at !== "start") {
    show(state.at);
    tell("resumed", { where: $("h1", section(state.at)).textContent });
  }
}

begin();
