/* The registration page beyond plain HTML: Enter goes on, hints are asked for, a read card fills the form, the roster
   checks itself. The server decides everything anew; without this file the page works with its buttons alone. */
"use strict";

(function () {
  const { announce, toast, text, onArrival, isComposing, settle } = window.huxin;
  const values = window.huxinValues;
  const form = document.getElementById("register-form");
  if (!form) return;
  const roster = form.querySelector("[data-roster]");
  const join = form.querySelector("input[name=join]"); // buttons of the hint panel have the same name

  // ---------------------------------------------------------------- what the page asks for

  /** Tells the hint panel that it may be out of date; the panel waits a moment by itself. */
  const factsChanged = () => form.dispatchEvent(new CustomEvent("huxin:facts"));
  if (!roster) form.addEventListener("settled", factsChanged); // of hundreds of rows only what is finished is sent
  form.addEventListener("change", factsChanged);

  let said = "";
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "hints") readHints(event.target);
  });

  function readHints(hints) {
    const panel = hints.querySelector("[data-summary]");
    if (!panel) return;
    if (panel.dataset.summary && panel.dataset.summary !== said) announce(panel.dataset.summary);
    said = panel.dataset.summary;
    hints.querySelectorAll("[data-take-path][hidden]").forEach((button) => { button.hidden = false; });
    const reason = form.querySelector("[data-reason]");
    const field = form.elements.duplicate_reason;
    if (reason && !field.value) reason.hidden = !panel.hasAttribute("data-needs-reason") || Boolean(join.value);
  }

  const first = document.getElementById("hints");
  if (first) readHints(first);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#hints button");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.join !== undefined) {
      join.value = button.dataset.join;
    } else if (button.dataset.apart) {
      const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "not_same", value: button.dataset.apart });
      form.querySelector("[data-not-same]").append(mark);
    } else if (button.dataset.takePath) {
      form.elements.path.value = button.dataset.takePath;
    }
    form.dispatchEvent(new Event("change"));
  });

  // ---------------------------------------------------------------- Enter goes to the next control

  const TABBED = "input:not([type=hidden]):not([tabindex='-1']), select, textarea, button, summary";
  const isFolded = (control) => Boolean(control.closest("details:not([open])")) && !control.closest("summary");
  const isShown = (control) => !control.disabled && control.offsetParent !== null && !isFolded(control);

  /** The controls in tab order; of radio buttons of one name only the one that takes the focus. */
  function stops() {
    return [...form.querySelectorAll(TABBED)].filter((control) => {
      if (!isShown(control)) return false;
      if (control.type !== "radio") return true;
      const group = form.elements.namedItem(control.name);
      return control.checked || !(group.value || control !== group[0]);
    });
  }

  const isFilled = (control) => Boolean(control.dataset.filled) && control.dataset.filled === control.value;
  const skips = (control) => control.matches("summary, button:not(.btn-primary)") || isFilled(control) ||
    (control.type === "checkbox" && roster !== null && roster.contains(control));

  function next(from) {
    const after = stops().find((control) => !skips(control) && !(from.name && control.name === from.name) &&
      from.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING && !from.contains(control));
    if (after) focus(after);
    return Boolean(after);
  }

  function focus(control) {
    control.focus();
    if (control.select && control.type !== "checkbox" && control.type !== "radio") control.select();
  }

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || isComposing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("textarea, button, summary, a")) return;
    event.preventDefault(); // a form is sent with its button or F9, never by an Enter too many
    if (!(roster && roster.contains(event.target) && nextCell(event.target))) next(event.target);
  });

  // ---------------------------------------------------------------- number of workers

  const headcount = form.elements.headcount;
  if (headcount) {
    headcount.addEventListener("change", () => {
      const n = Number(values.compact(headcount.value).replace(/人$/, ""));
      const opener = form.querySelector("button[name='open-roster']");
      if (Number.isInteger(n) && n > 1 && opener) opener.click();
    });
  }

  // ---------------------------------------------------------------- migrant workers first

  const RURAL = /[村组乡]/;

  /** Says why 农民工 is proposed; sets it only while nobody has chosen. */
  function weighMigrant() {
    const choice = form.elements["w-0-is_migrant"];
    if (roster || !choice) return;
    const hint = document.getElementById("id_w-0-is_migrant_helptext");
    const address = form.elements["w-0-address"].value;
    const industry = form.elements.industry;
    const reason = RURAL.test(address) ? text("migrant-address", { text: address.match(RURAL)[0] })
      : /^E/.test(industry.value) ? text("migrant-industry") : "";
    if (reason && !form.dataset.migrantChosen) choice.value = "yes";
    if (hint && reason) hint.textContent = reason;
  }
  form.addEventListener("change", (event) => {
    if (event.isTrusted && event.target.name === "w-0-is_migrant") form.dataset.migrantChosen = "yes";
    weighMigrant();
  });
  weighMigrant();

  // ---------------------------------------------------------------- read cards

  const decode = (typed) => typed.replace(/\\u([0-9a-fA-F]{4})/g, (whole, code) => String.fromCharCode(parseInt(code, 16)));
  const PLACE = /[省市区县旗州镇乡村街路号组]/;
  const NATION = /^(汉|满|回|藏|苗|彝|壮|侗|瑶|白|傣|黎|畲|羌|水|土|蒙古|维吾尔|土家|布依|朝鲜|哈尼|哈萨克|仡佬|仫佬|毛南|傈僳|拉祜|东乡|纳西)族?$/;

  /** What a reader typed: number, name and address of the card, whatever their order. */
  function readCard(typed) {
    const plain = decode(typed);
    const number = values.findIdNumber(plain);
    if (!number) return null;
    const parts = plain.split(/[|,;，；#^$*\t\r\n]+|\s{2,}/).map((part) => part.trim()).filter(Boolean);
    const rest = (parts.length > 2 ? parts : plain.split(/[|,;，；#^$*\s]+/)).filter((part) => !/[0-9]{6}/.test(part));
    const address = rest.filter((part) => part.length > 5 && PLACE.test(part)).sort((a, b) => b.length - a.length)[0] || "";
    const name = rest.find((part) => part !== address && /^[^\x00-\x7f][^\x00-\x7f·]*(·[^\x00-\x7f]+)*$/.test(part) &&
      part.length > 1 && part.length <= 20 && !/^[男女]$/.test(part) && !NATION.test(part) && !/公安局|长期/.test(part)) || "";
    return { number, name, address };
  }

  function put(name, value) {
    const control = form.elements.namedItem(name);
    if (!control || !value) return;
    control.value = value;
    settle(control);
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Where the card goes: the one worker, or the first row of the roster without a number. */
  function rowForCard() {
    const numbers = [...form.querySelectorAll("[name$='-id_number']")].filter((input) => !input.closest("[hidden]"));
    const free = numbers.find((input) => !input.value) || (roster ? null : numbers[0]);
    return free ? free.name.replace(/id_number$/, "") : null;
  }

  document.addEventListener("huxin:device", (event) => {
    const card = readCard(event.detail.text);
    if (!card) return;
    event.preventDefault();
    if (roster && !rowForCard()) roster.querySelector("[data-add-row]").click();
    const row = rowForCard();
    put(`${row}id_number`, card.number);
    put(`${row}name`, card.name);
    put(`${row}address`, card.address);
    const person = card.name ? text("device-card", { text: card.name }) : text("device-id");
    toast(person, { kind: "success", seconds: 5 });
    announce(person);
    const wanted = [...form.querySelectorAll("[aria-required=true]")]
      .find((control) => !control.value && isShown(control) && (!roster || control.name.startsWith(row)));
    if (wanted) focus(wanted);
  });

  // ---------------------------------------------------------------- phrases

  const area = form.querySelector("[data-phrases]");
  if (area) phrases(area);

  function phrases(box) {
    const source = document.getElementById(box.dataset.phrases);
    const list = document.createElement("ul");
    Object.assign(list, { id: `${box.id}_phrases`, className: "typeahead-list", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", text("phrases"));
    [...source.content.querySelectorAll("i")].forEach((phrase, i) => {
      const option = Object.assign(document.createElement("li"), { id: `${box.id}_phrase_${i}`, textContent: phrase.textContent });
      option.setAttribute("role", "option");
      list.append(option);
    });
    const around = Object.assign(document.createElement("div"), { className: "typeahead" });
    box.before(around);
    around.append(box, list);
    const options = [...list.children];
    let here = 0;

    const mark = (i) => {
      here = (i + options.length) % options.length;
      options.forEach((option, n) => option.setAttribute("aria-selected", String(n === here)));
      options[here].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options[here].id);
      announce(options[here].textContent);
    };
    const close = () => {
      list.hidden = true;
      box.removeAttribute("aria-activedescendant");
    };
    const take = (phrase) => {
      const at = box.selectionStart;
      const before = box.value.slice(0, at).replace(/[;；]$/, "");
      box.value = before + phrase + box.value.slice(at);
      box.selectionStart = box.selectionEnd = before.length + phrase.length;
      close();
      settle(box);
    };
    box.addEventListener("input", (event) => {
      if (event.isComposing) return;
      if (event.data === ";" || event.data === "；") {
        list.hidden = false;
        mark(0);
      } else close();
    });
    box.addEventListener("keydown", (event) => {
      if (list.hidden || isComposing(event)) return;
      if (event.key === "ArrowDown") mark(here + 1);
      else if (event.key === "ArrowUp") mark(here - 1);
      else if (event.key === "Enter") take(options[here].textContent);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    box.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(option.textContent);
    });
  }

  // ---------------------------------------------------------------- ready to type

  if (!document.querySelector("[data-error-summary]") && document.activeElement === document.body) {
    const start = [...form.querySelectorAll("[aria-required=true]")].find((control) => !control.value && isShown(control));
    if (start) start.focus();
  }

  // ---------------------------------------------------------------- the roster

  if (!roster) return;
  const body = roster.querySelector("[data-rows]");
  const total = form.querySelector("[data-grid-total]");
  const echo = roster.querySelector("[data-grid-echo]");
  const onlyProblems = roster.querySelector("[data-only-problems]");
  const PERSON = /-(name|id_number|phone|contact|address|owed|due|already_paid)$/;

  const rows = () => [...body.querySelectorAll("[data-row]")].filter((row) => !isRemoved(row));
  const isRemoved = (row) => { const box = row.querySelector("[name$='-DELETE']"); return Boolean(box && box.checked); };
  const cell = (row, name) => row.querySelector(`[name$='-${name}']`);
  const cells = (row) => [...row.querySelectorAll("td > input:not([type=hidden]), td > label > input[type=checkbox]")]
    .filter((input) => isShown(input) && !input.name.endsWith("-DELETE"));
  const isEmpty = (row) => ![...row.querySelectorAll("input")].some((input) => PERSON.test(input.name) && input.value.trim());

  roster.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });

  /** The next cell to fill; at the end of a row the next row, and a new one after the last. */
  function nextCell(from) {
    const row = from.closest("[data-row]");
    if (!row || !from.closest("td") || from.closest(".remove")) return false;
    // An Enter in an empty row means that nobody else is to be entered.
    if (isEmpty(row) && from.name.endsWith("-name") && rows().some((each) => !isEmpty(each))) return next(roster);
    const here = cells(row);
    const after = here.slice(here.indexOf(from) + 1).find((input) => input.type !== "checkbox");
    if (after) {
      focus(after);
      return true;
    }
    const below = rows()[rows().indexOf(row) + 1];
    if (below) focus(cell(below, "name"));
    else {
      roster.querySelector("[data-add-row]").click();
      const made = rows().pop();
      if (made !== row) focus(cell(made, "name"));
    }
    return true;
  }

  /** The same column one row up or down. */
  function vertical(from, by) {
    const row = from.closest("[data-row]");
    const shown = rows().filter((each) => !each.classList.contains("is-filtered"));
    const other = shown[shown.indexOf(row) + by];
    const name = from.name.replace(/^w-\d+-/, "");
    const target = other && [...other.querySelectorAll("input")].find((input) => input.name.endsWith(`-${name}`) && input.type === from.type);
    if (target) focus(target);
    return Boolean(target);
  }

  /** Carries months and job down from the row above, then goes to the first cell of the row that is still empty. */
  function carryDown(from) {
    const row = from.closest("[data-row]");
    const all = rows();
    const above = all[all.indexOf(row) - 1];
    if (!above) return;
    row.querySelectorAll("[data-carry]").forEach((input) => {
      const source = cell(above, input.name.replace(/^w-\d+-/, ""));
      if (!input.value || input === from) input.value = source.value;
    });
    check(row);
    settle(from);
    const empty = cells(row).find((input) => input.type !== "checkbox" && !input.value &&
      input.getAttribute("aria-required") === "true");
    if (empty) focus(empty);
  }

  body.addEventListener("keydown", (event) => {
    if (isComposing(event) || !event.target.matches("input")) return;
    if (event.ctrlKey && event.key.toLowerCase() === "d") {
      event.preventDefault();
      carryDown(event.target);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!event.altKey && vertical(event.target, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    }
  });

  // What is wrong in a row: only what the person in front can be asked about; the server says the rest.

  const sentence = (problem) => (problem ? text(problem.name, problem) : "");

  function monthOf(row, name) {
    const typed = cell(row, name).value.trim();
    return { typed, month: typed ? values.parseMonth(typed) : null };
  }

  function problemsOf(row) {
    if (isEmpty(row)) return {};
    const found = {};
    const type = cell(row, "id_type");
    const number = cell(row, "id_number").value.trim();
    if (number && (!type || type.value === "resident")) found.id_number = sentence(values.idProblem(number));
    const phone = cell(row, "phone").value.trim();
    if (phone) found.phone = sentence(values.phoneProblem(phone));
    const from = monthOf(row, "from_month");
    const to = monthOf(row, "to_month");
    if (from.typed && !from.month) found.from_month = text("month-unread");
    if (to.typed && !to.month) found.to_month = text("month-unread");
    if (from.month && to.month && !values.monthsBetween(from.month, to.month)) found.to_month = text("months-order");
    const now = new Date();
    if (to.month && values.monthsBetween({ year: now.getFullYear(), month: now.getMonth() + 1 }, to.month) > 1) {
      found.to_month = text("months-future");
    }
    const sums = ["due", "already_paid", "owed"].map((name) => {
      const typed = cell(row, name).value.trim();
      const fen = typed ? values.parseAmount(typed) : null;
      if (typed && fen === null) found[name] = text("amount-unread");
      return { typed, fen };
    });
    const [due, paid, owed] = sums;
    if (due.fen !== null && owed.fen !== null && due.fen - (paid.fen || 0) !== owed.fen) {
      found.owed = text("owed-differs", { text: values.yuan(Math.max(0, due.fen - (paid.fen || 0))) });
    }
    return found;
  }

  /** The problem cell of the row says what is wrong now. What the server said stays until its field changes. */
  function check(row, changed = null) {
    const box = row.querySelector("[data-problems]");
    const found = problemsOf(row);
    if (changed) {
      const name = changed.name.replace(/^w-\d+-/, "");
      box.querySelectorAll(`[data-from-server='${name}']`).forEach((line) => line.remove());
    }
    box.querySelectorAll("[data-from-here]").forEach((line) => line.remove());
    for (const [name, words] of Object.entries(found)) {
      if (!words || box.querySelector(`[data-from-server='${name}']`)) continue;
      const line = Object.assign(document.createElement("p"), { id: `id_${cell(row, name).name}_error`, textContent: words });
      line.dataset.fromHere = name;
      box.append(line);
    }
    row.querySelectorAll("td > input.form-control").forEach((input) => {
      const id = `id_${input.name}_error`;
      const isWrong = [...box.children].some((line) => line.id === id);
      if (isWrong) {
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-describedby", id);
      } else {
        input.removeAttribute("aria-invalid");
        input.removeAttribute("aria-describedby");
      }
    });
  }

  const hasProblem = (row) => row.querySelector("[data-problems]").childElementCount > 0;

  let summing = 0;

  /** The line under the grid, brought up to date once for any number of changes. */
  function sumUp() {
    cancelAnimationFrame(summing);
    summing = requestAnimationFrame(() => {
      const filled = rows().filter((row) => !isEmpty(row));
      const fen = filled.reduce((sum, row) => sum + (values.parseAmount(cell(row, "owed").value) || 0), 0);
      const wrong = filled.filter(hasProblem).length;
      const name = wrong ? "roster-problems" : "grid-sum";
      total.textContent = text(name, { n: filled.length, text: values.yuan(fen), wrong });
      roster.querySelector("[data-problem-count]").textContent = wrong ? `(${wrong})` : "";
    });
  }

  /** Only the rows with problems, as they were when the box was ticked: a row does not vanish while it is mended. */
  function filter() {
    rows().forEach((row) => row.classList.toggle("is-filtered", onlyProblems.checked && !hasProblem(row)));
  }

  function readBack(input) {
    const row = input.closest("[data-row]");
    let words = "";
    if (/-(owed|due|already_paid)$/.test(input.name)) {
      const fen = values.parseAmount(input.value);
      words = fen ? values.rmbWords(fen) : "";
    } else if (/-id_number$/.test(input.name)) {
      const facts = values.idFacts(input.value, new Date());
      words = facts ? text("id-facts", { ...facts, text: text(facts.sex) }) : "";
    } else if (/_month$/.test(input.name)) {
      const from = monthOf(row, "from_month").month;
      const to = monthOf(row, "to_month").month;
      const n = from && to ? values.monthsBetween(from, to) : 0;
      if (n) words = text("months", { from: text("month", from), to: text("month", to), n });
    }
    if (echo.textContent !== words) echo.textContent = words;
  }

  body.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) check(row, event.target);
    sumUp();
  });
  body.addEventListener("settled", (event) => {
    if (event.target.matches("input")) readBack(event.target);
    sumUp();
  });
  body.addEventListener("focusin", (event) => { if (event.target.matches("input")) readBack(event.target); });
  roster.addEventListener("click", (event) => { if (event.target.closest("[data-remove-row], [data-add-row]")) sumUp(); });
  onlyProblems.addEventListener("change", filter);
  form.elements.with_due.addEventListener("change", (event) => roster.classList.toggle("with-due", event.target.checked));
  onArrival(() => sumUp());
  sumUp();
})();
