/* A text box that offers what the register already knows, as a combobox with a list.

   input[data-typeahead=employer|project]   asks the address in data-employers-url or data-projects-url of its form
   Choosing fills the fields named by data-fill-… of the line, but never over what a person typed. Nothing is chosen
   unless somebody does it, or presses Enter while one single line matches. */
"use strict";

(function () {
  const { announce, text, onArrival, isComposing, settle } = window.huxin;
  const WAIT_MS = 200;

  /** Sets a field that was not typed by hand, and remembers that it was filled. */
  function fill(form, name, value) {
    const control = form.elements.namedItem(name);
    if (!(control instanceof Element)) return;
    if (control.value && control.dataset.filled !== control.value) return;
    control.value = value;
    control.dataset.filled = control.value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  class Typeahead {
    constructor(input) {
      this.input = input;
      this.form = input.form;
      this.kind = input.dataset.typeahead;
      this.url = this.kind === "employer" ? this.form.dataset.employersUrl : this.form.dataset.projectsUrl;
      this.list = document.createElement("ul");
      Object.assign(this.list, { id: `${input.id}_list`, className: "typeahead-list", hidden: true });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", input.labels[0] ? input.labels[0].firstChild.textContent : "");
      this.timer = 0;
      this.request = null;
      this.chosen = input.value;
      for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
        ["aria-controls", this.list.id], ["aria-haspopup", "listbox"]]) input.setAttribute(name, value);
      const around = document.createElement("div");
      around.className = "typeahead";
      input.before(around);
      around.append(input, this.list);
      input.addEventListener("settled", () => this.later());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("focus", () => { if (this.kind === "project" && !input.value) this.ask(); });
      input.addEventListener("blur", () => this.close());
      // Before the focus leaves the box.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(option);
      });
    }

    get options() { return [...this.list.querySelectorAll("[role=option]")]; }

    get known() { return this.options.filter((option) => !option.hasAttribute("data-new")); }

    get active() { return this.list.querySelector("[aria-selected=true]"); }

    later() {
      clearTimeout(this.timer);
      if (this.input.value === this.chosen) return;
      this.chosen = null;
      if (document.activeElement === this.input) this.timer = setTimeout(() => this.ask(), WAIT_MS);
    }

    async ask() {
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
      const typed = this.input.value.trim();
      if (!typed && this.kind === "employer") return this.close();
      this.request = new AbortController();
      const employer = this.form.elements.namedItem("employer_name");
      const token = this.form.elements.namedItem("csrfmiddlewaretoken");
      const body = new URLSearchParams({ q: typed, employer: employer ? employer.value : "" });
      try {
        const answer = await fetch(this.url, {
          method: "POST", credentials: "same-origin", body, signal: this.request.signal,
          headers: { "X-CSRFToken": token.value, "HX-Request": "true" },
        });
        if (!answer.ok || answer.redirected) return this.close();
        this.show(await answer.text());
      } catch (problem) {
        // Another letter was typed, or the network is away: the box works without the list.
      }
      return undefined;
    }

    show(html) {
      if (document.activeElement !== this.input || this.chosen !== null && this.input.value) return;
      const page = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html");
      this.list.replaceChildren(...page.querySelectorAll("li"));
      const count = this.known.length;
      if (!this.options.length) {
        this.close();
        return;
      }
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.input.removeAttribute("aria-activedescendant");
      announce(count ? text("options", { n: count }) : text(`no-${this.kind}`));
    }

    close() {
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
      this.request = null;
      this.list.hidden = true;
      this.list.replaceChildren();
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    key(event) {
      if (isComposing(event) || this.list.hidden) {
        if (event.key === "ArrowDown" && !isComposing(event)) {
          event.preventDefault();
          this.ask();
        }
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        this.move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      } else if (event.key === "Enter") {
        const option = this.active || (this.known.length === 1 ? this.known[0] : null);
        if (option) this.choose(option);
        else this.close();
      }
    }

    move(by) {
      const { options } = this;
      const here = options.indexOf(this.active);
      const next = options[(here + by + options.length + (here < 0 && by < 0 ? 1 : 0)) % options.length];
      options.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
      this.input.setAttribute("aria-activedescendant", next.id);
      next.scrollIntoView({ block: "nearest" });
    }

    choose(option) {
      this.input.value = option.dataset.value;
      this.chosen = this.input.value;
      for (const { name, value } of [...option.attributes]) {
        if (name.startsWith("data-fill-")) fill(this.form, name.slice("data-fill-".length), value);
      }
      this.close();
      settle(this.input);
    }
  }

  onArrival((root) => root.querySelectorAll("input[data-typeahead]").forEach((input) => {
    if (!input.hasAttribute("role")) new Typeahead(input);
  }));
})();
