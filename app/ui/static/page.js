// Opens citations in the reader beside the answer, and copies citations and links. Without it every link still works.
(() => {
  "use strict";

  const LANGUAGE = "celac-qa.language";
  const SCHEME = "celac-qa.scheme";
  const LOST = "[data-testid=toast-body].error, [data-testid=status-tracker] .error"; // Gradio's word that an answer will not come.
  const STREAMING = ".reply.pending, .reply.partial";
  const PARAGRAPH = /^\/documents\/([^/]+)$/;
  let current = null; // The link whose paragraph is open, to come back to.
  let turn = 0; // Of the last opening, so that a slow answer never covers a later one.

  // Where the reader's page for a link is, or null for links that lead elsewhere.
  const readerAddress = (link, language) => {
    const url = new URL(link.getAttribute("href"), location.origin);
    const match = url.pathname.match(PARAGRAPH);
    if (!match || url.origin !== location.origin || url.hash.length < 2) return null;
    url.searchParams.set("lang", language);
    return `/documents/${match[1]}/reader/${encodeURIComponent(url.hash.slice(1))}?${url.searchParams}`;
  };

  const remembered = (key) => {
    try { return localStorage.getItem(key) || ""; } catch { return ""; }
  };
  const remember = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* a private window keeps nothing */ }
  };

  // Light or dark as chosen; Gradio has a class of its own for it.
  const paint = (scheme) => {
    if (!scheme) return;
    document.documentElement.dataset.scheme = scheme;
    document.body?.classList.toggle("dark", scheme === "dark");
  };
  const switchScheme = () => {
    const chosen = document.documentElement.dataset.scheme;
    const isDark = chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    paint(isDark ? "light" : "dark");
    remember(SCHEME, document.documentElement.dataset.scheme);
  };

  const readerFor = (link) => link.closest(".desk")?.querySelector(".reader");

  const open = async (link, { focus = true } = {}) => {
    const reader = readerFor(link);
    const address = reader && readerAddress(link, reader.lang || "en");
    if (!address) return false;
    const mine = ++turn;
    const response = await fetch(address).catch(() => null);
    if (!response || !response.ok) return false;
    const html = await response.text();
    if (mine !== turn) return true;
    reader.querySelector(".opened").innerHTML = html; // The server's own, escaped there.
    reader.classList.add("open");
    reader.dataset.href = link.getAttribute("href");
    if (!reader.contains(link)) {
      current = link;
      document.querySelectorAll("a.cite[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
    }
    if (focus) {
      reader.focus({ preventScroll: true });
      reader.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
    const mark = reader.querySelector("mark");
    if (mark && reader.scrollHeight > reader.clientHeight) reader.scrollTop = mark.offsetTop - reader.offsetTop - 80;
    else reader.scrollTop = 0;
    return true;
  };

  const goBack = () => {
    if (!current || !current.isConnected) return;
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };

  const writeToClipboard = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // Served without TLS, or no permission: the old way.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  // On a document's page each paragraph knows its words, its number and its place; elsewhere the button carries them.
  const textToCopy = (button) => {
    const { copy: text, copyAddress: address, cite, link } = button.dataset;
    if (address) return new URL(address, location.origin).href;
    const section = button.closest("section.paragraph");
    if (link !== undefined) return new URL(`${location.pathname}#${section.id}`, location.origin).href;
    if (cite === undefined) return text;
    const number = section.querySelector(".number").textContent;
    return `“${section.querySelector(".text").textContent}” (${button.closest("article").dataset.named}${number})`;
  };
  const copy = async (button) => {
    const done = button.dataset.done ?? button.closest("article").dataset.copied;
    await writeToClipboard(textToCopy(button));
    const before = button.textContent;
    if (before === done) return;
    button.textContent = done;
    setTimeout(() => { button.textContent = before; }, 1500);
  };

  // Files come with the page, so that saving one asks the server for nothing.
  const save = ({ dataset: { file, name } }) => {
    const bytes = Uint8Array.from(atob(file), (char) => char.charCodeAt(0));
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([bytes])), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const cite = event.target.closest("a.cite");
    if (cite && readerFor(cite) && readerAddress(cite, "en")) {
      event.preventDefault();
      open(cite).then((opened) => { if (!opened) location.href = cite.href; });
      return;
    }
    if (event.target.closest("a.skip[href='#question']")) {
      event.preventDefault();
      document.querySelector("#question textarea")?.focus();
      return;
    }
    const finding = event.target.closest("a.found-link"); // `base` would make of its anchor another page.
    if (finding) {
      event.preventDefault();
      const details = document.getElementById(finding.getAttribute("href").slice(1));
      details.open = true;
      details.querySelector("summary").focus({ preventScroll: true });
      details.scrollIntoView({ block: "start", behavior: "smooth" });
      return;
    }
    if (event.target.closest("button.back")) return goBack();
    if (event.target.closest("button.scheme")) return switchScheme();
    const button = event.target.closest("button.copy");
    if (button && button.type === "button") (button.matches(".save") ? save : copy)(button);
  }, true);

  // A long text takes a while to read; once is enough.
  document.addEventListener("submit", ({ target }) => {
    const button = target.matches("form.add") && target.querySelector("button");
    if (!button) return;
    button.disabled = true;
    button.textContent = button.dataset.busy;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.(".reader")) goBack();
  });

  // What there is of an answer stays, and says that it is not whole.
  const breakOff = (reply) => {
    const { wrong, broken } = document.querySelector("#words")?.dataset ?? {};
    const words = document.createElement("p");
    words.append(Object.assign(document.createElement("strong"), { textContent: `${wrong}. ` }), broken);
    if (reply.matches(".pending")) reply.replaceChildren(words);
    else reply.append(words);
    reply.className = "reply error";
  };

  window.celac = {
    storedLanguage: () => remembered(LANGUAGE),
    // The words have changed: so do the page's language and the paragraph that is open.
    speak: (language) => {
      document.documentElement.lang = language;
      document.documentElement.dataset.ready = "";
      remember(LANGUAGE, language);
      if (current && current.isConnected) open(current, { focus: false });
    },
    // Beside a fresh answer there is room for its first paragraph; on a phone the reader waits to be asked.
    showFirst: () => {
      const replies = document.querySelectorAll(".reply");
      const last = replies[replies.length - 1];
      const link = last && last.matches(".answer") && last.querySelector("a.cite");
      if (link && window.matchMedia("(min-width: 801px)").matches) open(link, { focus: false });
    },
    close: () => {
      turn += 1;
      current = null;
      document.querySelectorAll("#ask-desk .reader").forEach((reader) => {
        reader.classList.remove("open");
        reader.querySelector(".opened").replaceChildren();
      });
      document.querySelector("#question textarea")?.focus();
    },
    focusResult: () => document.querySelector("#verdict")?.focus(),
  };

  // Gradio names each message by its markup, which a screen reader would spell out, and the log in English only;
  // and it tells of every piece of an answer, where one wants to hear it once, whole.
  let asked = 0;
  const tend = () => {
    document.querySelectorAll("[data-testid=bot][aria-label], [data-testid=user][aria-label]")
      .forEach((message) => message.removeAttribute("aria-label"));
    if (document.querySelector(LOST)) document.querySelectorAll(STREAMING).forEach(breakOff);
    const log = document.querySelector("#conversation [role=log]");
    if (!log) return;
    const name = document.querySelector("#words")?.dataset.conversation;
    if (name && log.getAttribute("aria-label") !== name) log.setAttribute("aria-label", name);
    const busy = String(Boolean(log.querySelector(STREAMING)));
    if (log.getAttribute("aria-busy") !== busy) log.setAttribute("aria-busy", busy);
    const questions = log.querySelectorAll(".user-row");
    if (questions.length > asked) questions[questions.length - 1].scrollIntoView({ block: "start", behavior: "smooth" });
    asked = questions.length;
  };

  // A permalink with offsets marks the quotation in the document page.
  const markQuotation = () => {
    const query = new URLSearchParams(location.search);
    const section = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const text = section && section.querySelector("p.text");
    const [start, end] = [Number(query.get("start")), Number(query.get("end"))];
    if (!text || !(end > start)) return;
    const points = Array.from(text.textContent); // Offsets count code points.
    const mark = document.createElement("mark");
    mark.textContent = points.slice(start, end).join("");
    text.replaceChildren(points.slice(0, start).join(""), mark, points.slice(end).join(""));
  };

  paint(remembered(SCHEME));
  document.addEventListener("DOMContentLoaded", () => {
    paint(remembered(SCHEME));
    if (document.body.classList.contains("document-page")) markQuotation();
  });
  new MutationObserver(tend).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
})();
