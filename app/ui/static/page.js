// Opens citations in the reader beside the answer, and copies citations. Links keep working without it.
(() => {
  "use strict";

  const readerAddress = (link) => {
    const url = new URL(link.getAttribute("href"), location.origin);
    const match = url.pathname.match(/^\/documents\/([^/]+)$/);
    if (!match || url.origin !== location.origin || !url.hash) return null;
    const root = document.querySelector("#reader");
    const query = new URLSearchParams(url.search);
    query.set("lang", (root && root.getAttribute("lang")) || document.documentElement.lang || "en");
    return `/documents/${match[1]}/reader/${encodeURIComponent(url.hash.slice(1))}?${query}`;
  };

  const open = async (link, { focus } = { focus: true }) => {
    const reader = document.querySelector("#reader");
    const address = readerAddress(link);
    if (!reader || !address) return false;
    const response = await fetch(address);
    if (!response.ok) return false;
    reader.innerHTML = await response.text();
    document.querySelectorAll("a.cite[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    if (focus) {
      reader.focus({ preventScroll: true });
      reader.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
    const mark = reader.querySelector("mark");
    if (mark && reader.scrollHeight > reader.clientHeight) mark.scrollIntoView({ block: "nearest" });
    return true;
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a.cite");
    if (link && document.querySelector("#reader") && readerAddress(link)) {
      event.preventDefault();
      open(link).then((opened) => { if (!opened) location.href = link.href; });
      return;
    }
    const button = event.target.closest("button.copy");
    if (button) copy(button);
  }, true);

  const copy = async (button) => {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 1500);
  };

  // Beside a fresh answer there is room for its first paragraph; on a phone the reader waits to be asked.
  window.celacShowFirst = () => {
    const replies = document.querySelectorAll(".reply.answer");
    const link = replies.length && replies[replies.length - 1].querySelector("a.cite");
    if (link && window.matchMedia("(min-width: 900px)").matches) open(link, { focus: false });
  };

  // A permalink with offsets marks the quotation in the document page.
  const marked = () => {
    const query = new URLSearchParams(location.search);
    const section = location.hash && document.getElementById(location.hash.slice(1));
    const text = section && section.querySelector("p");
    const [start, end] = [Number(query.get("start")), Number(query.get("end"))];
    if (!text || !(end > start)) return;
    const points = Array.from(text.textContent);
    const mark = document.createElement("mark");
    mark.textContent = points.slice(start, end).join("");
    text.replaceChildren(points.slice(0, start).join(""), mark, points.slice(end).join(""));
  };
  if (document.body && document.body.classList.contains("document-page")) marked();
})();
