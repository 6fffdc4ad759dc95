/* What every page does beyond plain HTML. All of it is comfort: each page works without this file.

   settled      one event for "the text has changed and no input method is composing"; use it in hx-trigger
   forms        no second submit, the error summary takes the focus
   keys         data-key="E" clicks the element, data-go="C" after G; / search, ? table, F9 or Ctrl+Enter submit
   dialogs      data-open-dialog="id", data-close-dialog
   secrets      data-vanish-after="30" is gone after so many seconds
   print        a[data-print] prints the PDF it leads to
   session      a warning two minutes before the end, then the password over the page
   Pages reach announce(), toast() and text() as window.huxin. Nothing is kept in the browser's storage. */
"use strict";

(function () {
  const SAVING_IS_SLOW_MS = 8000;
  const GIVE_BACK_MS = 15000;
  const WARN_BEFORE_MS = 120000;
  const SEQUENCE_MS = 1200;
  const SCAN_GAP_MS = 60;

  // ---------------------------------------------------------------- words

  const texts = {};
  const source = document.getElementById("js-texts");
  if (source) {
    for (const item of source.content.querySelectorAll("[data-text]")) texts[item.dataset.text] = item.textContent;
  }

  /** The sentence of that name in the reader's language, its {places} filled in. */
  function text(name, values = {}) {
    return (texts[name] || "").replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  }

  // ---------------------------------------------------------------- telling

  /** Says something to screen readers without showing it. */
  function announce(words) {
    const live = document.querySelector("[data-live]");
    if (live) live.textContent = words;
  }

  function closeButton(box) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text("close");
    button.addEventListener("click", () => box.remove());
    return button;
  }

  /** A message over the page. It stays until closed, or `seconds` when it only confirms. */
  function toast(words, { kind = "info", seconds = 0, href = "" } = {}) {
    const list = document.querySelector("[data-toasts]");
    if (!list) return;
    const box = document.createElement("div");
    box.className = `flash flash-${kind}`;
    const line = document.createElement(href ? "a" : "span");
    if (href) Object.assign(line, { href, target: "_blank", rel: "noopener" });
    line.className = "flash-text";
    line.textContent = words;
    box.append(line, closeButton(box));
    list.append(box);
    if (seconds) setTimeout(() => box.remove(), seconds * 1000);
  }

  /** One line under the top bar; the same name replaces it, no words take it away. */
  function banner(name, words, { kind = "", button = "", onClick = null } = {}) {
    const slot = document.querySelector("[data-banners]");
    if (!slot) return;
    const old = slot.querySelector(`[data-banner="${name}"]`);
    if (old) old.remove();
    if (!words) return;
    const line = document.createElement("div");
    line.className = `banner${kind ? ` banner-${kind}` : ""}`;
    line.dataset.banner = name;
    const span = document.createElement("span");
    span.textContent = words;
    line.append(span);
    if (button) {
      const control = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm" });
      control.textContent = button;
      control.addEventListener("click", onClick);
      line.append(control);
    }
    slot.append(line);
    announce(words);
  }

  // ---------------------------------------------------------------- settled

  const isComposing = (event) => event.isComposing || event.keyCode === 229;
  let composedIn = null;
  let composedAt = 0;

  function settle(target) {
    target.dispatchEvent(new CustomEvent("settled", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    // Some browsers send a last input event after the composition has ended: it is the same change.
    const echo = event.target === composedIn && performance.now() - composedAt < 30;
    if (!event.isComposing && !echo) settle(event.target);
  });
  document.addEventListener("compositionend", (event) => {
    composedIn = event.target;
    composedAt = performance.now();
    settle(event.target);
  });

  // ---------------------------------------------------------------- one submit

  const busy = new WeakMap();

  function hold(form, button) {
    const label = button && button.tagName === "BUTTON" ? button : null;
    const state = { label, nodes: label ? [...label.childNodes] : [], timers: [] };
    if (label) {
      label.style.minWidth = `${label.offsetWidth}px`;
      label.setAttribute("aria-disabled", "true");
      label.textContent = form.dataset.saving || text("saving");
    }
    state.timers.push(setTimeout(() => toast(text("slow"), { kind: "warning", seconds: 10 }), SAVING_IS_SLOW_MS));
    state.timers.push(setTimeout(() => release(form), GIVE_BACK_MS));
    busy.set(form, state);
    form.dispatchEvent(new CustomEvent("huxin:held"));
  }

  function release(form) {
    const state = busy.get(form);
    if (!state) return;
    busy.delete(form);
    state.timers.forEach(clearTimeout);
    if (state.label) {
      state.label.replaceChildren(...state.nodes);
      state.label.removeAttribute("aria-disabled");
      state.label.style.minWidth = "";
    }
    form.dispatchEvent(new CustomEvent("huxin:released"));
  }

  // Attributes, not properties: a control named "method" or "target" would hide the form's own.
  const isGuarded = (form) => /^post$/i.test(form.getAttribute("method")) && form.dataset.guard !== "off";

  document.addEventListener("submit", (event) => {
    if (busy.has(event.target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !isGuarded(form)) return;
    hold(form, event.submitter);
    if (form.getAttribute("target") === "_blank" || form.hasAttribute("data-download")) setTimeout(() => release(form), 1500);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    if (form instanceof HTMLFormElement && isGuarded(form)) {
      const sender = event.detail.requestConfig.triggeringEvent;
      hold(form, sender && sender.submitter);
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => release(event.target));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach(release);
  });

  // ---------------------------------------------------------------- after a page or a fragment has arrived

  const arrivals = [];

  /** Runs for the document now and for every fragment that htmx puts into it. */
  function onArrival(work) {
    arrivals.push(work);
    work(document);
  }

  document.addEventListener("htmx:load", (event) => arrivals.forEach((work) => work(event.target)));

  onArrival((root) => {
    const summary = root.querySelector("[data-error-summary]");
    if (!summary) return;
    summary.focus();
    if (!document.title.startsWith(text("title-error"))) document.title = text("title-error") + document.title;
  });
  onArrival((root) => {
    const found = [...root.querySelectorAll("[data-vanish-after]")];
    if (root instanceof Element && root.matches("[data-vanish-after]")) found.push(root);
    found.forEach((each) => setTimeout(() => each.remove(), Number(each.dataset.vanishAfter) * 1000));
  });
  onArrival((root) => {
    root.querySelectorAll("[data-open-dialog][hidden]").forEach((opener) => { opener.hidden = false; });
    root.querySelectorAll("[data-key]").forEach((element) => {
      element.setAttribute("aria-keyshortcuts", element.dataset.key);
    });
    root.querySelectorAll("#status > .flash").forEach((box) => {
      if (!box.querySelector("button")) box.append(closeButton(box));
    });
  });

  // A link of the summary leads to a control: the label above it must be seen too.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const control = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!control) return;
    event.preventDefault();
    control.focus();
    (control.closest("[data-field]") || control).scrollIntoView({ block: "center" });
  });

  // ---------------------------------------------------------------- menus and dialogs

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open], details.more[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) openDialog(document.getElementById(opener.dataset.openDialog), opener);
    const closer = event.target.closest("dialog [data-close-dialog]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
  });

  function openDialog(dialog, opener) {
    if (!dialog || !dialog.showModal || dialog.open) return;
    const back = whereToReturn(opener);
    document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; });
    dialog.addEventListener("close", () => back && back.focus && back.focus(), { once: true });
    dialog.showModal();
  }

  /** Where the focus goes when the dialog closes: where it was; the menu's head when it was inside the menu. */
  function whereToReturn(opener) {
    const here = document.activeElement;
    const menu = here && here.closest("details.menu");
    if (menu) return menu.querySelector("summary");
    return here && here !== document.body ? here : opener;
  }

  function closeMenu() {
    const menu = document.querySelector("details.menu[open], details.more[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  // ---------------------------------------------------------------- keys

  const TYPED_INTO = "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]";
  let goUntil = 0;
  let waiting = 0;

  document.addEventListener("keydown", (event) => {
    clearTimeout(waiting);
    if (isComposing(event) || event.defaultPrevented) return;
    if (event.key === "Escape") closeMenu();
    if (document.querySelector("dialog[open]")) {
      if (event.key === "F1") event.preventDefault(); // the browser's own help would cover what is read
      return;
    }
    const handled = withControl(event) || functionKey(event) || singleKey(event);
    if (handled) event.preventDefault();
  });

  function withControl(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
    if (event.key === "Enter") return submitPrimary();
    if (event.key.toLowerCase() === "s") {
      const form = document.querySelector("form[data-draft-url]");
      if (form) form.dispatchEvent(new CustomEvent("huxin:save-draft"));
      return Boolean(form);
    }
    return false;
  }

  function functionKey(event) {
    if (!/^F[0-9]+$/.test(event.key) || event.ctrlKey || event.altKey || event.shiftKey) return false;
    return event.key === "F9" ? submitPrimary() : clickKey(event.key);
  }

  function singleKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED_INTO)) return false;
    if (document.body.dataset.singleKeys === "off" || event.key.length !== 1) return false;
    const act = actionOf(event.key === "？" ? "?" : event.key.toUpperCase());
    // A scan gun types letters too, but never one alone: the next key within the gap takes the action back.
    if (act) waiting = setTimeout(act, SCAN_GAP_MS);
    return Boolean(act);
  }

  function actionOf(key) {
    const goes = performance.now() < goUntil && document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    goUntil = 0;
    if (goes) return () => goes.click();
    if (key === "G") {
      goUntil = performance.now() + SEQUENCE_MS;
      return null;
    }
    if (key === "/") return document.querySelector("[data-search]") && focusSearch;
    const element = keyed(key);
    return element ? () => element.click() : moveInTable(key);
  }

  /** What the key clicks: something of this page before something of the frame. */
  function keyed(key) {
    const named = `[data-key~="${CSS.escape(key)}"]`;
    return document.querySelector(`main ${named}`) || document.querySelector(named);
  }

  const clickKey = (key) => click(keyed(key));

  function click(element) {
    if (!element) return false;
    element.click();
    return true;
  }

  function focusSearch() {
    const box = document.querySelector("[data-search]");
    box.focus();
    box.select();
  }

  /** Presses the main button of the form in hand: the one with the focus, else the one marked or the first.
      A red button is never pressed by a key. */
  function submitPrimary() {
    const active = document.activeElement && document.activeElement.closest("main form");
    const form = active || document.querySelector("main form[data-primary]") ||
      [...document.querySelectorAll("main form")].find((candidate) => candidate.querySelector(".btn-primary"));
    return click(form && form.querySelector("button.btn-primary"));
  }

  /** What J, K and X do in a list: go through its rows, tick the row. */
  function moveInTable(key) {
    if (!"JKX".includes(key)) return null;
    const rows = [...document.querySelectorAll(".case-table tbody tr:not(.row-open)")].filter((row) => row.querySelector("a"));
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const box = key === "X" && here >= 0 && rows[here].querySelector("input[type=checkbox]");
    if (box) return () => box.click();
    const next = key !== "X" && rows[key === "J" ? here + 1 : here - 1];
    return next ? () => (next.querySelector("a.case-no") || next.querySelector("a")).focus() : null;
  }

  // ---------------------------------------------------------------- caps lock

  document.querySelectorAll("[data-caps-lock]").forEach((hint) => {
    const field = document.getElementById(hint.dataset.capsLock);
    if (!field) return;
    field.addEventListener("keyup", (event) => {
      const on = event.getModifierState && event.getModifierState("CapsLock");
      hint.textContent = on ? text("caps-lock") : "";
    });
  });

  // ---------------------------------------------------------------- print

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-print]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    printPdf(link.href);
  });

  /** Loads the PDF out of sight and opens the print dialog; a new tab where that is not possible. */
  function printPdf(href) {
    document.querySelectorAll("iframe[data-print-frame]").forEach((old) => old.remove());
    const frame = document.createElement("iframe");
    frame.dataset.printFrame = "";
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    // Not display:none, which keeps a viewer from starting.
    Object.assign(frame.style, { position: "fixed", right: "100%", bottom: "100%", width: "1px", height: "1px", border: "0" });
    frame.addEventListener("load", () => {
      try {
        if (frame.contentDocument.contentType !== "application/pdf") throw new DOMException("no PDF");
        frame.contentWindow.focus();
        frame.contentWindow.print();
      } catch (problem) {
        frame.remove();
        openTab(href);
      }
    });
    frame.src = href;
    document.body.append(frame);
  }

  function openTab(href) {
    const tab = window.open(href, "_blank");
    if (!tab) toast(text("print-failed"), { kind: "warning", href });
  }

  // ---------------------------------------------------------------- network

  window.addEventListener("offline", () => banner("network", text("offline"), { kind: "error" }));
  window.addEventListener("online", () => {
    banner("network", "");
    announce(text("online"));
  });

  // ---------------------------------------------------------------- session

  const session = {
    seconds: Number(document.body.dataset.sessionSeconds || 0),
    loginUrl: document.body.dataset.loginUrl,
    timers: [],
    channel: "BroadcastChannel" in window ? new BroadcastChannel("huxin-session") : null,
  };

  /** The server has just been asked: the session lives its full time again, in every tab. */
  function sessionAlive({ tell = true } = {}) {
    if (!session.seconds) return;
    session.timers.forEach(clearTimeout);
    banner("session", "");
    const left = session.seconds * 1000;
    session.timers = [setTimeout(warnOfEnd, Math.max(0, left - WARN_BEFORE_MS)), setTimeout(lock, left)];
    if (tell && session.channel) session.channel.postMessage("alive");
  }

  function warnOfEnd() {
    banner("session", text("session-warning"), { button: text("session-stay"), onClick: stay });
  }

  function stay() {
    fetch(location.href, { method: "HEAD", credentials: "same-origin" }).then(
      (response) => (response.redirected ? lock() : sessionAlive()),
      () => banner("network", text("offline"), { kind: "error" }),
    );
  }

  function lock() {
    const dialog = document.getElementById("session-dialog");
    if (!dialog || !dialog.showModal || dialog.open || !session.loginUrl) return;
    banner("session", "");
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.showModal();
  }

  const tokenIn = (html) => {
    const field = new DOMParser().parseFromString(html, "text/html").querySelector("[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  };

  /** A new sign-in changes the token of every form on the page. */
  function replaceToken(token) {
    if (!token) return;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  /** Somebody signed in again in another tab: this page's token is fetched anew, or the password asked for. */
  async function refreshToken() {
    const page = await fetch(location.href, { credentials: "same-origin" });
    if (page.redirected) lock();
    else replaceToken(tokenIn(await page.text()));
    return !page.redirected;
  }

  /** Signs in again through the ordinary page; resolves to what the page found wrong, "" when nothing. */
  async function signInAgain(username, password) {
    const form = await fetch(session.loginUrl, { credentials: "same-origin" });
    const csrfmiddlewaretoken = tokenIn(await form.text());
    const next = location.pathname + location.search;
    const answer = await fetch(session.loginUrl, {
      method: "POST",
      credentials: "same-origin",
      body: new URLSearchParams({ username, password, csrfmiddlewaretoken, next }),
    });
    const html = await answer.text();
    if (!answer.redirected || new URL(answer.url).pathname === session.loginUrl) return refusalIn(html);
    replaceToken(tokenIn(html));
    return "";
  }

  function refusalIn(html) {
    const summary = new DOMParser().parseFromString(html, "text/html").querySelector(".error-summary h2");
    return summary ? summary.textContent : text("relogin-wrong");
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-relogin")) return;
    event.preventDefault();
    const field = form.elements.password;
    const wrong = document.getElementById("relogin-error");
    const say = (words) => { wrong.textContent = words; wrong.hidden = !words; field.focus(); };
    if (!field.value) {
      say(text("password-missing"));
      return;
    }
    try {
      const refusal = await signInAgain(form.elements.username.value, field.value);
      field.value = "";
      say(refusal);
      if (!refusal) {
        form.closest("dialog").close();
        sessionAlive();
        window.dispatchEvent(new CustomEvent("huxin:signed-in"));
      }
    } catch (problem) {
      say(text("offline"));
    }
  });

  if (session.channel) session.channel.onmessage = () => sessionAlive({ tell: false });
  document.addEventListener("htmx:afterRequest", (event) => {
    const asksByItself = "Huxin-Poll" in event.detail.requestConfig.headers;
    if (event.detail.successful && !asksByItself) sessionAlive();
  });
  sessionAlive();

  window.huxin = { announce, toast, banner, text, onArrival, settle, isComposing, lock, sessionAlive, refreshToken };
})();
