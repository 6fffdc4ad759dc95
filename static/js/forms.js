/* Comfort for the long forms; the server checks and keeps everything by itself.

   form[data-draft-url]       the form is kept as a draft on the server; [data-draft-status] says so
   [data-echo-slot]           reads back what was typed: money, month, day or id (components/_field.html)
   input[data-echo=day]       the arrow keys move by a day
   input[data-check=id|phone] speaks on leaving the field; data-check-if="name=value" asks for the value of another
                              field of the same form or row
   [data-device=id]           where the number of a read card goes: the first empty one
   [data-formset]             a formset as a plain grid: [data-row], template[data-row-template], [data-add-row],
                              [data-remove-row], [data-row-number], [data-grid-sum] with data-sum-field
   huxin:device               fired at the document with detail.text when a card reader or scan gun has typed */
"use strict";

(function () {
  const { announce, toast, text, onArrival, isComposing, settle } = window.huxin;
  const values = window.huxinValues;

  // ---------------------------------------------------------------- drafts

  const DRAFT_AFTER_MS = 2000;
  const DRAFT_AGAIN_MS = 10000;
  const drafts = new Map();

  /** What is kept of the form: no files, no passwords, nothing marked data-no-draft. */
  function draftFields(form) {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const control = form.elements.namedItem(name);
      const isSecret = control instanceof HTMLInputElement && control.type === "password";
      const isLeftOut = control instanceof Element && control.hasAttribute("data-no-draft");
      if (typeof value === "string" && !isSecret && !isLeftOut) fields.append(name, value);
    }
    return fields;
  }

  class Draft {
    constructor(form) {
      this.form = form;
      this.dirty = false;
      this.stopped = false;
      this.isSecondTry = false;
      this.timer = 0;
      this.request = null;
      form.addEventListener("settled", () => this.changed(DRAFT_AFTER_MS));
      form.addEventListener("change", () => this.changed(DRAFT_AFTER_MS));
      form.addEventListener("focusout", () => this.dirty && this.save());
      form.addEventListener("huxin:save-draft", () => this.save());
      form.addEventListener("huxin:held", () => this.stop());
      form.addEventListener("huxin:released", () => { this.stopped = false; });
    }

    changed(delay) {
      if (this.stopped) return;
      this.dirty = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), delay);
    }

    /** The form itself is on its way: a late draft would come back as an unfinished one. */
    stop() {
      this.stopped = true;
      this.dirty = false;
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
    }

    async save() {
      clearTimeout(this.timer);
      if (this.request || this.stopped) return; // one at a time; what changed meanwhile is saved after it
      this.dirty = false;
      this.request = new AbortController();
      const { signal } = this.request;
      try {
        const answer = await fetch(this.form.dataset.draftUrl, {
          method: "POST", credentials: "same-origin", body: draftFields(this.form), signal,
        });
        this.request = null;
        const delay = await this.answered(answer);
        if (this.dirty && delay !== null) this.changed(delay);
      } catch (problem) {
        this.request = null;
        if (!signal.aborted) this.again();
      }
    }

    /** Returns after how long what is still unsaved may be tried again; null when something must happen first. */
    async answered(answer) {
      if (answer.ok && !answer.redirected) {
        this.isSecondTry = false;
        window.huxin.sessionAlive();
        const told = answer.status === 200 ? await answer.json() : {};
        this.say(text("draft-saved", { time: told.saved_at || clockTime() }));
        return DRAFT_AFTER_MS;
      }
      this.dirty = true;
      if (answer.redirected || answer.status === 401) {
        window.huxin.lock();
        return null;
      }
      if (answer.status === 403 && !this.isSecondTry) {
        this.isSecondTry = true;
        return (await window.huxin.refreshToken()) ? 0 : null;
      }
      if (answer.status >= 500) {
        this.say(text("draft-failed"));
        return DRAFT_AGAIN_MS;
      }
      this.say(text("draft-refused"));
      return null;
    }

    again() {
      this.say(navigator.onLine ? text("draft-failed") : text("offline"));
      this.changed(DRAFT_AGAIN_MS);
    }

    /** The page is being hidden: nobody will see the answer, and it may be gone before one comes. */
    leave() {
      if (!this.dirty) return;
      this.dirty = false;
      clearTimeout(this.timer);
      navigator.sendBeacon(this.form.dataset.draftUrl, draftFields(this.form));
    }

    say(words) {
      const status = this.form.querySelector("[data-draft-status]") || document.querySelector("[data-draft-status]");
      if (status) status.textContent = words;
    }
  }

  function clockTime() {
    const now = new Date();
    return `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
  }

  onArrival((root) => root.querySelectorAll("form[data-draft-url]").forEach((form) => {
    if (!drafts.has(form)) drafts.set(form, new Draft(form));
  }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") drafts.forEach((draft) => draft.leave());
  });
  for (const again of ["online", "huxin:signed-in"]) {
    window.addEventListener(again, () => drafts.forEach((draft) => draft.dirty && draft.save()));
  }

  // ---------------------------------------------------------------- echo

  const monthWords = (month) => text("month", month);

  function moneyEcho(typed) {
    const fen = values.parseAmount(typed);
    return fen === null || fen === 0 ? "" : values.rmbWords(fen);
  }

  function dayEcho(typed) {
    const day = values.parseDay(typed, new Date());
    if (!day) return "";
    const { lang } = document.documentElement;
    const date = new Intl.DateTimeFormat(lang, { year: "numeric", month: "long", day: "numeric" }).format(day);
    return `${date} ${new Intl.DateTimeFormat(lang, { weekday: "short" }).format(day)}`;
  }

  function monthEcho(typed, typedFrom) {
    const last = values.parseMonth(typed);
    if (!last) return "";
    const first = typedFrom === null ? null : values.parseMonth(typedFrom);
    const n = first ? values.monthsBetween(first, last) : 0;
    if (!n) return monthWords(last);
    const from = monthWords(first);
    if (n === 1) return text("months-one", { from, n });
    const name = first.year === last.year ? "months-same-year" : "months";
    return text(name, { from, to: monthWords(last), month: last.month, n });
  }

  const TO = /(^|[-_])to_(\w+)$/;

  /** The first month of the period that ends with this one: as the slot says, else from_… beside to_…. */
  function firstMonth(slot, input) {
    const id = slot.dataset.echoFrom || (TO.test(input.id) ? input.id.replace(TO, "$1from_$2") : "");
    const from = id && document.getElementById(id);
    return from ? from.value : null;
  }

  function idEcho(typed) {
    const facts = values.idFacts(typed, new Date());
    return facts ? text("id-facts", { ...facts, text: text(facts.sex) }) : "";
  }

  const ECHOES = {
    id: (input) => idEcho(input.value),
    money: (input) => moneyEcho(input.value),
    day: (input) => dayEcho(input.value),
    month: (input, slot) => monthEcho(input.value, firstMonth(slot, input)),
  };

  function echo(slot) {
    const input = document.getElementById(slot.dataset.echoOf);
    const read = ECHOES[slot.dataset.echoSlot];
    if (!input || !read) return;
    const words = read(input, slot);
    if (slot.textContent !== words) slot.textContent = words;
  }

  const echoIn = (root) => root.querySelectorAll("[data-echo-slot]").forEach(echo);
  onArrival(echoIn);
  document.addEventListener("settled", (event) => {
    const around = event.target.closest("[data-row], form");
    if (around) echoIn(around);
  });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step || isComposing(event) || !event.target.matches("input[data-echo=day]")) return;
    event.preventDefault();
    const day = values.parseDay(event.target.value, new Date()) || new Date();
    day.setDate(day.getDate() + step);
    event.target.value = values.isoDay(day);
    settle(event.target);
  });

  // ---------------------------------------------------------------- checks on leaving a field

  const CHECKS = { id: values.idProblem, phone: values.phoneProblem };

  /** Whether the check is meant: `document=resident_id` asks for that value of the field of that name. */
  function isMeant(input) {
    const condition = input.dataset.checkIf;
    if (!condition) return true;
    const [name, wanted] = condition.split("=");
    const control = input.form && input.form.elements.namedItem(input.name.replace(/[^-]+$/, name));
    return !control || control.value === wanted;
  }

  function check(input) {
    const problem = input.value.trim() && isMeant(input) ? CHECKS[input.dataset.check](input.value) : null;
    showProblem(input, problem ? text(problem.name, problem) : "");
  }

  /** Shows the sentence where the server would put it, or takes one of ours away. */
  function showProblem(input, words) {
    const field = input.closest("[data-field]");
    if (!field) return;
    const id = `${input.id}_error`;
    const old = document.getElementById(id);
    if (old) old.remove();
    field.classList.toggle("field-invalid", Boolean(words));
    const described = (input.getAttribute("aria-describedby") || "").split(" ").filter((part) => part && part !== id);
    if (words) {
      const box = Object.assign(document.createElement("div"), { id, className: "field-error" });
      box.append(Object.assign(document.createElement("p"), { textContent: words }));
      field.append(box);
      described.push(id);
      input.setAttribute("aria-invalid", "true");
      announce(words);
    } else {
      input.removeAttribute("aria-invalid");
    }
    if (described.length) input.setAttribute("aria-describedby", described.join(" "));
    else input.removeAttribute("aria-describedby");
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-check]")) check(event.target);
  });

  // ---------------------------------------------------------------- grids

  const visibleRows = (grid) => [...grid.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
  const totalForms = (grid) => grid.querySelector("[name$='-TOTAL_FORMS']");

  function addRow(grid) {
    const total = totalForms(grid);
    const most = Number(grid.querySelector("[name$='-MAX_NUM_FORMS']").value || 1000);
    const index = Number(total.value);
    if (index >= most) return null;
    const copy = grid.querySelector("template[data-row-template]").content.cloneNode(true);
    const row = copy.querySelector("[data-row]");
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of [...element.attributes]) {
        if (attribute.value.includes("__prefix__")) attribute.value = attribute.value.replace(/__prefix__/g, index);
      }
    }
    total.value = index + 1;
    grid.querySelector("[data-rows]").append(row);
    refresh(grid);
    onRow(row);
    return row;
  }

  function onRow(row) {
    row.querySelectorAll("[data-remove-row][hidden]").forEach((button) => { button.hidden = false; });
  }

  /** Takes the row out of sight; the server drops it, by its DELETE box or because it is empty. */
  function removeRow(grid, row) {
    const rows = visibleRows(grid);
    if (rows.length <= Number(grid.dataset.leastRows || 1)) return;
    const box = row.querySelector("[name$='-DELETE']");
    if (box) box.checked = true;
    else row.querySelectorAll("input, select, textarea").forEach((control) => { control.disabled = true; });
    row.hidden = true;
    refresh(grid);
    const next = visibleRows(grid)[Math.min(rows.indexOf(row), rows.length - 2)];
    const control = next && next.querySelector("input:not([type=hidden]), select");
    if (control) control.focus();
    announce(text("row-removed", { n: visibleRows(grid).length }));
    settle(grid);
  }

  /** Numbers and sums follow the rows that can be seen. */
  function refresh(grid) {
    visibleRows(grid).forEach((row, i) => {
      row.querySelectorAll("[data-row-number]").forEach((cell) => { cell.textContent = i + 1; });
    });
    grid.querySelectorAll("[data-grid-sum]").forEach((output) => {
      const amounts = visibleRows(grid).map((row) => row.querySelector(`[name$='-${output.dataset.sumField}']`));
      const read = amounts.map((input) => (input ? values.parseAmount(input.value) : null)).filter((fen) => fen);
      const sum = read.reduce((total, fen) => total + fen, 0);
      output.textContent = text("grid-sum", { n: read.length, text: values.yuan(sum) });
    });
  }

  onArrival((root) => root.querySelectorAll("[data-formset]").forEach((grid) => {
    grid.querySelectorAll("[data-add-row]").forEach((button) => { button.hidden = false; });
    grid.querySelectorAll("[data-row]").forEach((row) => {
      onRow(row);
      const box = row.querySelector("[name$='-DELETE']");
      if (box && box.checked) row.hidden = true;
    });
    grid.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
    refresh(grid);
  }));
  document.addEventListener("click", (event) => {
    const grid = event.target.closest("[data-formset]");
    if (!grid) return;
    if (event.target.closest("[data-add-row]")) {
      event.preventDefault();
      const row = addRow(grid);
      if (!row) return;
      row.querySelector("input:not([type=hidden]), select").focus();
      announce(text("row-added", { n: visibleRows(grid).length }));
    }
    const remove = event.target.closest("[data-remove-row]");
    if (remove) {
      event.preventDefault();
      removeRow(grid, remove.closest("[data-row]"));
    }
  });
  document.addEventListener("settled", (event) => {
    const grid = event.target.closest("[data-formset]");
    if (grid) refresh(grid);
  });

  // ---------------------------------------------------------------- card readers and scan guns

  const BURST_LENGTH = 15;
  const BURST_MEAN_GAP_MS = 35;
  const BURST_END_MS = 250;
  let burst = null;
  let burstEndsWithComposition = false;

  const isTextBox = (element) => element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && /^(text|search|tel|password|number|email|url)?$/.test(element.type));

  function startBurst(event) {
    const box = isTextBox(event.target) ? event.target : null;
    burst = { keys: "", count: 0, first: event.timeStamp, last: event.timeStamp, box, before: box ? box.value : "" };
    try {
      burst.start = box ? box.selectionStart : 0;
      burst.end = box ? box.selectionEnd : 0;
    } catch (problem) {
      burst.start = null; // number and e-mail boxes tell no selection
    }
    if (burst.start === null) Object.assign(burst, { start: burst.before.length, end: burst.before.length });
  }

  const isDevice = () => burst && burst.count >= BURST_LENGTH &&
    (burst.last - burst.first) / (burst.count - 1) < BURST_MEAN_GAP_MS;

  /** What the device typed: from the box, where an input method may have changed it, else from the keys. */
  function typedByDevice({ box, before, start, end, keys }) {
    if (!box) return keys;
    return box.value.slice(start, box.value.length - (before.length - end)) || keys;
  }

  /** The text out of the box again, and out to whoever waits for a device. */
  function takeOut() {
    const found = burst;
    burst = null;
    const typed = typedByDevice(found);
    if (found.box) {
      found.box.value = found.before;
      settle(found.box);
    }
    const event = new CustomEvent("huxin:device", { detail: { text: typed }, bubbles: true, cancelable: true });
    if (document.dispatchEvent(event)) useDeviceText(typed);
  }

  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter") {
      if (!isDevice() || event.timeStamp - burst.last > BURST_END_MS) {
        burst = null;
      } else if (isComposing(event)) {
        burstEndsWithComposition = true;
      } else {
        event.preventDefault();
        event.stopImmediatePropagation();
        takeOut();
      }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key.length !== 1 && !isComposing(event)) return;
    if (!burst || event.timeStamp - burst.last > BURST_END_MS) startBurst(event);
    burst.keys += event.key.length === 1 ? event.key : "";
    burst.count += 1;
    burst.last = event.timeStamp;
  }, true);
  document.addEventListener("compositionend", () => {
    if (!burstEndsWithComposition) return;
    burstEndsWithComposition = false;
    setTimeout(() => burst && takeOut(), 0);
  });

  /** Without anybody waiting: an identity number goes into its field, anything else is looked up. */
  function useDeviceText(typed) {
    const number = values.findIdNumber(typed);
    const field = [...document.querySelectorAll("[data-device=id]")].find((input) => !input.value && input.offsetParent);
    if (number && field) {
      field.value = number;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      toast(text("device-id"), { kind: "success", seconds: 5 });
      focusFirstEmpty(field.form);
      return;
    }
    const search = document.querySelector("[data-search]");
    if (!search) return;
    search.value = number || typed.trim();
    search.form.submit();
  }

  function focusFirstEmpty(form) {
    const wanted = form && [...form.querySelectorAll("[required], [aria-required=true]")]
      .find((control) => !control.value && !control.disabled && control.offsetParent);
    if (wanted) wanted.focus();
  }
})();
