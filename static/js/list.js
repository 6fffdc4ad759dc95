/* Lists, the search box and cases opened from lists. Everything here works without it by links and buttons.

   [data-search]        what drops below while somebody types; arrows choose, Enter opens; Ctrl+K shows the commands
   [data-case-rows]     J and K go through the rows, X ticks, Space shows a glance, Enter opens
   [data-bulk]          the bar of what can be done with ticked rows
   form[data-undo]      goes after ten seconds */
"use strict";

(function () {
  const { announce, text, onArrival, isComposing } = window.huxin;
  const UNDO_MS = 10000;

  // ---------------------------------------------------------------- the search box

  const box = document.querySelector("[data-search]");
  const hits = document.getElementById("search-hits");

  const options = () => [...hits.querySelectorAll("a[role=option]")];
  const active = () => hits.querySelector("a[role=option].is-active");

  function close() {
    hits.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function show() {
    hits.hidden = false;
    box.setAttribute("aria-expanded", "true");
    const n = options().length;
    announce(n ? text("hits", { n }) : text("no-hits"));
  }

  function choose(option) {
    options().forEach((each) => {
      each.classList.toggle("is-active", each === option);
      each.setAttribute("aria-selected", String(each === option));
    });
    if (!option) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = options();
    if (!all.length) return;
    const next = all.indexOf(active()) + by;
    choose(next < 0 ? all[all.length - 1] : all[next % all.length]);
  }

  /** A command either leads somewhere or presses a button of the frame. */
  function open(option) {
    const pressed = option.dataset.press && document.getElementById(option.dataset.press);
    close();
    if (!pressed) return location.assign(option.href);
    box.value = "";
    box.blur();
    pressed.click();
  }

  function commands() {
    box.focus();
    box.select();
    box.dispatchEvent(new CustomEvent("huxin:commands", { bubbles: true }));
  }

  if (box && hits) {
    Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "search-hits", "aria-autocomplete": "list" })
      .forEach(([name, value]) => box.setAttribute(name, value));

    box.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (hits.hidden) return;
        event.preventDefault();
        step(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && !hits.hidden && active()) {
        event.preventDefault();
        open(active());
      } else if (event.key === "Escape" && !hits.hidden) {
        event.preventDefault();
        close();
      }
    });
    box.addEventListener("settled", () => { if (!box.value.trim()) close(); });
    document.addEventListener("htmx:beforeRequest", (event) => {
      const isTyped = event.target === box && event.detail.requestConfig.triggeringEvent.type === "settled";
      if (isTyped && !box.value.trim()) event.preventDefault();
    });
    document.addEventListener("htmx:afterSwap", (event) => {
      if (event.detail.target === hits && document.activeElement === box) show();
    });
    hits.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    hits.addEventListener("click", (event) => {
      const option = event.target.closest("a[data-press]");
      if (!option) return;
      event.preventDefault();
      open(option);
    });
    document.addEventListener("focusin", (event) => {
      if (!event.target.closest(".app-search")) close();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".app-search")) close();
    });
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      commands();
    });
    // A scan gun has read a code from paper while no form was waiting for a card.
    document.addEventListener("huxin:device", (event) => {
      if (event.defaultPrevented || document.querySelector("[data-device]")) return;
      event.preventDefault();
      box.value = event.detail.text;
      box.form.requestSubmit ? box.form.requestSubmit() : box.form.submit();
    });
  }

  // ---------------------------------------------------------------- a glance at a row

  /** Shows the last records and the next step below the row, or takes them away again. */
  async function glance(row) {
    const link = row && row.querySelector("[data-glance]");
    if (!link) return;
    const below = row.nextElementSibling;
    if (below && below.classList.contains("row-open")) {
      below.remove();
      link.setAttribute("aria-expanded", "false");
      return;
    }
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return location.assign(link.href);
    const cell = document.createElement("td");
    cell.colSpan = row.children.length;
    cell.innerHTML = await answer.text();
    const shown = document.createElement("tr");
    shown.className = "row-open";
    shown.append(cell);
    row.after(shown);
    link.setAttribute("aria-expanded", "true");
  }

  const rowOf = (element) => element && element.closest("[data-case-rows] tbody tr:not(.row-open)");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-glance]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    glance(rowOf(link));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || isComposing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = rowOf(document.activeElement);
    if (!row || document.activeElement.matches("input, button") || document.body.dataset.singleKeys === "off") return;
    event.preventDefault();
    glance(row);
  });

  // ---------------------------------------------------------------- ticked rows

  function bulk(form) {
    const ticks = () => [...form.querySelectorAll("input[name=case]")];
    const page = form.querySelector("[data-pick-all]");
    const every = form.querySelector("[data-pick-every]");
    const bar = form.querySelector("[data-bulk-bar]");
    const count = form.querySelector("[data-bulk-count]");
    if (!bar) return;

    function refresh() {
      const n = ticks().filter((tick) => tick.checked).length;
      bar.hidden = n === 0;
      if (every && n === 0) every.checked = false;
      if (page) {
        page.checked = n > 0 && n === ticks().length;
        page.indeterminate = n > 0 && n < ticks().length;
      }
      count.textContent = every && every.checked ? text("picked-every") : text("picked", { n });
      ticks().forEach((tick) => tick.closest("tr").classList.toggle("is-picked", tick.checked));
    }

    if (page) page.hidden = false;
    form.addEventListener("change", (event) => {
      if (event.target === page) ticks().forEach((tick) => { tick.checked = page.checked; });
      refresh();
      if (!bar.hidden) announce(count.textContent);
    });
    window.addEventListener("pageshow", refresh);
    refresh();
  }

  document.querySelectorAll("form[data-bulk]").forEach(bulk);

  // ---------------------------------------------------------------- back at the row

  // The row from which a case was opened has the focus again, so that J goes on from there.
  const back = /^#c-[0-9a-f-]{36}$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  // After the page has loaded: only then the browser has gone to the row itself and given up the focus.
  if (back) window.addEventListener("load", () => setTimeout(() => {
    back.scrollIntoView({ block: "center" });
    const link = back.querySelector("a.case-no");
    if (link) link.focus({ preventScroll: true });
  }, 0));

  // ---------------------------------------------------------------- undo

  onArrival((root) => {
    root.querySelectorAll("form[data-undo]").forEach((form) => setTimeout(() => form.remove(), UNDO_MS));
  });
})();
