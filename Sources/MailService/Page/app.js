// The page of the HTTP service: it speaks to the same origin only, keeps nothing, and puts every text that comes from
// a server in as text, never as markup.

// MARK: - Small tools

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element; children are nodes or texts, what is null or false is left out. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

function icon(state) {
  const shape = { pass: "pass", warn: "warn", fail: "fail", broke: "fail", active: "run", pending: "wait" }[state] ?? "none";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${shape}`);
  svg.setAttribute("class", `icon ${state}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A link only where it is one for the web: an address of another kind stays text. */
function link(address) {
  return /^https?:\/\/\S+$/i.test(address) ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address) : address;
}

const percent = (share) => `${Math.round(Math.min(1, Math.max(0, Number(share) || 0)) * 100)} %`;
const duration = (ms) => (ms === null || ms === undefined ? "" : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
const moment = (text) => (text && !Number.isNaN(Date.parse(text)) ? new Date(text).toLocaleString() : text);
const unique = (list) => [...new Set(list)];
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Told by a screen reader when it is quiet; the verdict interrupts. */
const say = (text) => { $("#polite").textContent = text; };
const proclaim = (text) => { $("#assertive").textContent = text; };

/** randomUUID is there in secure contexts only; a proxy of one's own network may speak plain HTTP. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function copyButton(text, label) {
  const button = el("button", { type: "button", onclick: async () => {
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    button.textContent = copied ? "Copied" : "Select it and copy it by hand";
    say(button.textContent);
    setTimeout(() => { button.textContent = label; }, 2500);
  } }, label);
  return button;
}

// MARK: - The service

/** Something that went wrong, as RFC 9457 tells it, or because nobody answered. */
class Problem extends Error {
  constructor({ title, detail, status, field, retryAfter, isLost }) {
    super(capital(detail || title || "The service could not do this."));
    Object.assign(this, { title, status, field, retryAfter, isLost });
  }

  static async from(response) {
    const told = await response.json().catch(() => ({}));
    const title = told.title || `The service answered ${response.status}.`;
    return new Problem({ ...told, title, status: response.status, retryAfter: response.headers.get("Retry-After") });
  }

  static lost() {
    return new Problem({ isLost: true, title: "The connection to the service was lost before the answer came. Is it running? Try again." });
  }

  get words() {
    if (!this.retryAfter) return this.message;
    // Seconds or a date (RFC 9110, 10.2.3).
    const at = /^\d+$/.test(this.retryAfter) ? new Date(Date.now() + this.retryAfter * 1000) : new Date(this.retryAfter);
    if (Number.isNaN(at.getTime())) return this.message;
    const seconds = Math.max(1, Math.ceil((at - Date.now()) / 1000));
    const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : seconds === 1 ? "1 second" : `${seconds} seconds`;
    return `${this.message} Try again in ${wait}, at ${at.toLocaleTimeString()}.`;
  }
}

/** Lives as long as this page and nowhere else. */
let token = null;
let tokenAsked = null;

async function call(path, { method = "GET", headers = {}, body, signal } = {}) {
  for (;;) {
    const used = token;
    const authorization = used ? { Authorization: `Bearer ${used}` } : {};
    const options = { method, body, signal, cache: "no-store", redirect: "error", headers: { ...headers, ...authorization } };
    const response = await fetch(path, options).catch((error) => {
      throw signal?.aborted ? error : Problem.lost();
    });
    if (response.ok) return response;
    if (response.status !== 401) throw await Problem.from(response);
    // Another call may have asked in the meantime; then its token is tried first.
    if (token === used) token = await (tokenAsked ??= askForToken(Boolean(used)).finally(() => { tokenAsked = null; }));
    if (!token) throw new Problem({ title: "This service wants an access token.", status: 401 });
  }
}

const post = (path, body, more = {}) => call(path, {
  method: "POST", body: JSON.stringify(body), ...more, headers: { "Content-Type": "application/json", ...more.headers },
});

async function json(response) {
  return response.json().catch(() => { throw Problem.lost(); });
}

/** A header takes no other characters; a token with them cannot be one. */
const isToken = (text) => /^[\x21-\x7e]+$/.test(text);

function askForToken(wasRefused) {
  const dialog = $("#token-dialog");
  const input = $("#token");
  clearErrors(dialog);
  dialog.showModal();
  if (wasRefused) fieldError(input, "The service does not take this token.");
  input.focus();
  return new Promise((resolve) => {
    dialog.onclose = () => {
      const given = dialog.returnValue;
      input.value = dialog.returnValue = "";
      resolve(given || null);
    };
    $("#token-form").onsubmit = (event) => {
      event.preventDefault();
      const given = input.value.trim();
      if (!isToken(given)) return fieldError(input, "Type the token.");
      dialog.close(given);
    };
    $("#token-cancel").onclick = () => dialog.close("");
  });
}

/** The events of a stream. Every 15 seconds something comes, be it a comment; long silence is a lost connection. */
async function* events(response, silence = 50_000) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      let timer;
      const late = new Promise((_, reject) => { timer = setTimeout(() => reject(Problem.lost()), silence); });
      const { value, done } = await Promise.race([reader.read(), late]).finally(() => clearTimeout(timer));
      if (done) return;
      const pieces = (rest + value).split(/\r\n\r\n|\n\n|\r\r/);
      rest = pieces.pop();
      for (const piece of pieces) {
        const event = parsedEvent(piece);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parsedEvent(piece) {
  const event = { name: "message", id: null };
  const data = [];
  for (const line of piece.split(/\r\n|\n|\r/)) {
    const [, key, value] = /^([^:]*):? ?(.*)$/.exec(line);
    if (key === "event") event.name = value;
    if (key === "id") event.id = value;
    if (key === "data") data.push(value);
  }
  if (data.length === 0) return null;
  return { ...event, data: JSON.parse(data.join("\n")) };
}

/** Has something run and shows each event; gives the report. An answer that was stored comes whole. */
async function run(path, body, panel, { headers = {}, signal }) {
  try {
    const response = await post(path, body, { signal, headers: { ...headers, Accept: "text/event-stream, application/json;q=0.5" } });
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return await json(response);
    for await (const { name, data } of events(response)) {
      if (name === "report") return data;
      if (name === "problem") throw new Problem(data);
      panel.take(name, data);
    }
  } catch (error) {
    // A stream that breaks throws a TypeError; whoever stops the run gets the abort itself.
    if (error instanceof Problem || signal.aborted) throw error;
  }
  throw Problem.lost();
}

// MARK: - Errors at their fields

function fieldError(input, words) {
  const id = `${input.id}-error`;
  const place = input.closest(".field") ?? input.parentElement;
  $(`#${id}`)?.remove();
  place.append(el("p", { class: "error", id }, words));
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", id);
  input.focus();
}

function clearError(input) {
  $(`#${input.id}-error`)?.remove();
  input.removeAttribute("aria-invalid");
  input.removeAttribute("aria-describedby");
}

function clearErrors(root) {
  for (const box of all(".problem", root)) box.hidden = true;
  all("[aria-invalid]", root).forEach(clearError);
}

/** Where the service names a field that is in sight, the words stand there; else above the form. */
function showProblem(root, problem) {
  if (problem.name === "AbortError") return;
  const words = problem.words ?? "This page made a mistake; load it anew.";
  const parts = problem.field?.split(".") ?? [];
  const names = parts.map((_, place) => parts.slice(0, parts.length - place).join("."));
  const inputs = all("[data-field]", root);
  const input = names.map((name) => inputs.find((one) => one.dataset.field.split(" ").includes(name))).find(Boolean);
  if (!input) return showBox(root, words);
  const folded = input.closest("details, #settings-fields");
  if (folded?.matches("details")) folded.open = true;
  else if (folded) editSettings(true);
  fieldError(input, words);
}

function showBox(root, words) {
  const box = $(".problem", root);
  box.textContent = words;
  box.hidden = false;
  box.setAttribute("tabindex", "-1");
  box.focus();
}

/** One submission at a time; the button tells it and stays in the order of focus. */
async function busy(form, work) {
  const button = $("button.primary", form);
  if (button.getAttribute("aria-disabled") === "true") return;
  clearErrors(form);
  button.setAttribute("aria-disabled", "true");
  try {
    await work();
  } catch (problem) {
    showProblem(form, problem);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

// MARK: - The answer, as every form of a report begins

const WHO = {
  user: "the owner of the mailbox", admin: "the administrator of the domain or organisation", provider: "the provider",
  support: "whoever runs this program",
};
const BADGES = { ok: "OK", warn: "WARN", fail: "FAIL", unclear: "CANNOT TELL" };

/** One cause, told once, whichever sides it was seen on. */
function causeOf(findings) {
  const [first] = findings;
  const sides = ["smtp", "imap"].filter((side) => findings.some((finding) => finding.protocol === side));
  const names = sides.map((side) => side.toUpperCase()).join(" and ");
  const bare = (first.summary || first.id).replace(/\.$/, "");
  const isSaid = sides.length === 0 || (sides.length === 1 && bare.includes(names));
  const quoted = findings.filter((one, place) => one.server_text && findings.findIndex((other) => other.server_text === one.server_text) === place);
  return {
    id: first.id, severity: first.severity, who: first.remedy.who, detail: first.detail, retry: first.retry,
    sentence: isSaid ? `${bare}.` : `${bare} (${names}).`,
    confidence: Math.max(...findings.map((finding) => finding.confidence)),
    steps: unique(findings.flatMap((finding) => finding.remedy.steps)),
    links: unique(findings.flatMap((finding) => finding.remedy.links)),
    quotes: quoted.map((finding) => ({ side: finding.protocol, words: finding.server_text })),
  };
}

/** At the login the host does not matter: the same account is refused. */
function saysTheSame(one, other) {
  return one.id === other.id && one.severity === other.severity && one.remedy.who === other.remedy.who
    && one.protocol && other.protocol && (one.summary === other.summary || (one.stage === "auth" && other.stage === "auth"));
}

function causesOf(findings) {
  const groups = [];
  for (const finding of findings) {
    const group = groups.find(([first]) => saysTheSame(first, finding));
    if (group) group.push(finding);
    else groups.push([finding]);
  }
  return groups.map(causeOf);
}

/** The causes that are told: errors, then warnings; a missing password where nothing is wrong. */
function toldCauses(report) {
  const told = ["error", "warning"].flatMap((severity) => report.findings.filter((finding) => finding.severity === severity));
  const isOpen = !report.verdict.startsWith("ready") && report.command !== "detect" && !told.some((one) => one.severity === "error");
  const open = isOpen ? report.findings.filter((finding) => finding.id === "password_not_given").slice(0, 1) : [];
  return causesOf(unique([...open, ...told]));
}

const OUTCOMES = {
  registered: ["ok", "is registered."], already_registered: ["ok", "was registered already."],
  refused: ["fail", "is not registered: the API refused it."], not_attempted: ["warn", "can be connected, and was not registered."],
};

function answerOf(report) {
  const causes = toldCauses(report);
  const subject = report.address ?? report.domain;
  const outcome = report.registration;
  if (outcome && report.verdict.startsWith("ready")) {
    const [mark, words] = OUTCOMES[outcome.status] ?? ["unclear", ""];
    const headline = words ? `${subject} ${words}` : `It is not known whether ${subject} is registered.`;
    return { mark, headline, detail: outcome.reason, steps: [], cause: null, others: causes };
  }
  if (report.verdict === "ready") {
    return { mark: "ok", headline: `${subject} can be connected: the SMTP login and the IMAP login work.`, steps: [], cause: null, others: causes };
  }
  const [mark, words] = {
    ready_with_warnings: ["warn", `${subject} can be connected, with a warning`],
    action_needed: ["fail", `${subject} cannot be connected`],
  }[report.verdict] ?? ["unclear", `It cannot be told whether ${subject} can be connected`];
  const [cause = null, ...others] = causes;
  return { mark, headline: words + (cause ? `: ${cause.sentence}` : "."), detail: cause?.detail, steps: cause?.steps ?? [], cause, others };
}

function stepsBox(steps) {
  if (steps.length === 0) return null;
  const strong = el("strong", {}, "Do");
  if (steps.length === 1) return el("div", { class: "do" }, el("p", {}, strong, " ", steps[0]));
  return el("div", { class: "do" }, el("p", {}, strong), el("ol", {}, steps.map((step) => el("li", {}, step))));
}

function whoLine(cause) {
  return el("p", { class: "who" }, el("span", {}, `Who: ${WHO[cause.who] ?? cause.who}.`),
    el("span", { class: "soft" }, el("code", {}, cause.id), `, ${percent(cause.confidence)} sure`));
}

/** A card: the mark in words, the sentence, what to do, who, and what the servers said. */
function card(mark, heading, { detail, steps = [], cause = null, badge = BADGES[mark] }, ...more) {
  return el("section", { class: `answer ${mark}` },
    el("span", { class: "badge" }, badge), heading, detail && el("p", {}, detail), stepsBox(steps), cause && whoLine(cause),
    cause?.quotes.map((quote) => el("blockquote", {}, el("p", {},
      quote.side && el("span", { class: "soft" }, `${quote.side.toUpperCase()} `), el("code", {}, quote.words)))),
    cause?.links.slice(0, 3).map((address) => el("p", { class: "soft fine" }, "See ", link(address))), ...more);
}

function causeCard(cause, badge) {
  const mark = { error: "fail", warning: "warn" }[cause.severity] ?? "ok";
  return card(mark, el("h3", {}, cause.sentence), { detail: cause.detail, steps: cause.steps, cause, badge });
}

/** What to send to whoever has to act, to be copied as it stands. */
function messageCard(report, { cause }) {
  if (!cause || !["admin", "provider"].includes(cause.who)) return null;
  const lines = [`The mailbox ${report.address ?? report.domain} cannot be connected: ${cause.sentence}`, ""];
  if (cause.detail) lines.push(cause.detail, "");
  if (cause.steps.length > 0) lines.push("What is needed:", ...cause.steps.map((step, place) => `${place + 1}. ${step}`));
  for (const quote of cause.quotes) lines.push("", `The ${quote.side?.toUpperCase() ?? "mail"} server said: ${quote.words}`);
  const text = [...lines, ...cause.links.slice(0, 2)].join("\n");
  const title = cause.who === "admin" ? "To send to the administrator" : "To send to the provider";
  return el("section", { class: "card" }, el("h3", {}, title),
    el("pre", { tabindex: "0", role: "group", "aria-label": title }, text), el("p", { class: "actions" }, copyButton(text, "Copy the message")));
}

/** Puts the answer in sight, proclaims it and moves the focus to it. */
function showAnswer(place, report, ...more) {
  const answer = answerOf(report);
  const heading = el("h2", { tabindex: "-1" }, answer.headline);
  place.replaceChildren(...[card(answer.mark, heading, answer, ...more), ...answer.others.map((cause) => causeCard(cause)),
    messageCard(report, answer)].filter(Boolean));
  proclaim(`${BADGES[answer.mark]}. ${answer.headline}`);
  heading.focus();
}

// MARK: - The checks, each as its event arrives

const EXPECTED = {
  smtp: { "smtp.connect": "Connection", "smtp.tls": "Encryption", "smtp.capabilities": "Capabilities", "smtp.auth": "Login" },
  imap: { "imap.connect": "Connection", "imap.tls": "Encryption", "imap.capabilities": "Capabilities", "imap.auth": "Login", "imap.mailboxes": "Mailboxes" },
  dns: { "dns.mx": "Mail exchangers", "dns.spf": "SPF record", "dns.dmarc": "DMARC record", "dns.dkim": "DKIM keys" },
};
const ENDS = {
  pass: "passed", warn: "passed, with a warning", fail: "failed", blocked: "not run, since an earlier one failed", skipped: "skipped",
  broke: "not done: a mistake of this program", pending: "not yet", active: "under way", none: "not run",
};

/** What a check saw, in a few words. */
function seen(check) {
  const { facts, failure, reason } = check.observations ?? {};
  if (check.status === "blocked") return "not run, since an earlier one failed";
  if (failure?.reply) return [failure.reply.code, failure.reply.enhanced_code, failure.reply.status, failure.reply.text].filter(Boolean).join(" ");
  if (failure || reason) return reason ?? failure.reason ?? failure.kind?.replaceAll("_", " ") ?? "";
  switch (facts?.kind) {
    case "connection": return facts.attempts.find((attempt) => attempt.outcome === "connected")?.address ?? "";
    case "tls": return `${facts.version}, certificate until ${facts.certificates[0]?.not_after.slice(0, 10) ?? "not known"}`;
    case "capabilities": return facts.mechanisms.length > 0 ? `logins: ${facts.mechanisms.slice(0, 4).join(", ")}` : "no login offered";
    case "login": return `${facts.mechanism} as ${facts.username}`;
    case "mailbox": return facts.inbox_messages === null ? "" : `INBOX: ${facts.inbox_messages} messages`;
    default: return "";
  }
}

/** The sides beside each other. Rows that are expected stand there from the beginning, so that nothing jumps. */
class ChecksPanel {
  constructor(place, body) {
    this.rows = new Map();
    this.lists = {};
    const sides = ["smtp", "imap", "dns"].map((side) => this.side(side, body.settings));
    place.replaceChildren(el("div", { class: "sides" }, sides));
    for (const first of ["smtp.connect", "imap.connect", "dns.mx"]) this.paint(first, "active");
  }

  side(side, settings) {
    this.lists[side] = el("ol", { class: "checks" });
    for (const [id, title] of Object.entries(EXPECTED[side])) this.row(id, side, title);
    const host = settings?.[`${side}_host`];
    const where = host ? `${host}:${settings[`${side}_port`]}` : null;
    const heading = el("h3", {}, side === "dns" ? "Records of the domain" : side.toUpperCase(), where && el("small", {}, where));
    return el("section", { class: `card side ${side === "dns" ? "records" : ""}`, "aria-label": side.toUpperCase() }, heading, this.lists[side]);
  }

  row(id, side, title) {
    const node = el("li", { class: "check" });
    this.rows.set(id, { node, side, title, state: "pending" });
    this.lists[side].append(node);
    this.paint(id, "pending");
  }

  paint(id, state, words = "", ms = null) {
    const row = this.rows.get(id);
    row.state = state;
    row.node.dataset.state = state;
    row.node.replaceChildren(icon(state), el("span", { class: "name" }, row.title, el("span", { class: "unseen" }, `: ${ENDS[state]}`)),
      el("span", { class: "time" }, duration(ms)), words && el("span", { class: "seen" }, words));
  }

  take(name, data) {
    if (name === "observation") this.tick(data);
    if (name === "waiting" && data.protocol) this.waits(`${data.protocol}.${data.stage === "mailbox" ? "mailboxes" : data.stage}`);
  }

  waits(id) {
    if (this.rows.get(id)?.state === "pending") this.paint(id, "active");
  }

  tick(check) {
    this.settle(check);
    const { side, title } = this.rows.get(check.id);
    if (check.stage === "auth" || ["fail", "broke"].includes(check.status)) say(`${side.toUpperCase()} ${title}: ${ENDS[check.status] ?? check.status}`);
    // The next one of that side is under way, unless this was the end of it.
    const next = [...this.rows].find(([, row]) => row.side === side && row.state === "pending");
    if (next && !["fail", "broke"].includes(check.status)) this.paint(next[0], "active");
  }

  settle(check) {
    const side = this.lists[check.protocol ?? check.id.split(".")[0]] ? check.protocol ?? check.id.split(".")[0] : "dns";
    const title = capital(check.title.replace(/^(SMTP|IMAP) (?=[a-z])/, ""));
    if (!this.rows.has(check.id)) this.row(check.id, side, title);
    this.paint(check.id, check.status, seen(check), check.duration_ms);
  }

  /** What the whole report says is the last word; what did not run is told so. */
  finish(report) {
    for (const check of report?.checks ?? []) this.settle(check);
    for (const [id, row] of this.rows) if (["pending", "active"].includes(row.state)) this.paint(id, "none");
  }
}

// MARK: - Connect: what is known while the steps are gone through

const STEPS = ["address", "login", "check", "add"];
let detected = null; // the report of the look-up
let checked = null; // the report of the checks
let login = null; // what was asked for with them, without secrets
let profile = null; // the provider's, null where it is not known
let underWay = null; // the AbortController of the run

// The password. Adding tries both logins again, so it is needed twice. Between a good check and "Add" it stands in this
// variable and nowhere else: asking for it again would have people leave it on a clipboard or in a note. It goes when
// the check ends badly, when the mailbox is added, when the step or the page is left, and after five minutes.
let held = null;
let heldUntil = null;
let attempt = null; // the key and body of an "Add" that may have to be repeated as it was

function hold(secrets) {
  forget();
  held = secrets;
  heldUntil = setTimeout(() => { forget(); askAgain(); }, 300_000);
}

function forget() {
  clearTimeout(heldUntil);
  held = attempt = null;
}

function emptySecretFields() {
  for (const id of ["password", "imap-password", "again-password", "again-imap-password"]) $(`#${id}`).value = "";
  for (const button of all("[data-shows]")) reveal(button, false);
}

/** Takes the secrets out of their fields; nothing is left there. */
function takeSecrets(prefix = "") {
  const password = $(`#${prefix}password`).value;
  const forIMAP = $("#has-imap-own").checked ? $(`#${prefix}imap-password`).value : "";
  emptySecretFields();
  if (!password && !forIMAP) return {};
  if ($("#is-token").checked) return { oauth_token: password };
  return { smtp_password: password, ...(forIMAP ? { imap_password: forIMAP } : {}) };
}

function go(step, focus) {
  for (const section of all("[data-step]")) section.hidden = section.dataset.step !== step;
  for (const item of all(".steps li")) {
    const place = STEPS.indexOf(item.dataset.of);
    item.classList.toggle("done", place < STEPS.indexOf(step));
    if (item.dataset.of === step) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  $(".subject").hidden = step === "address";
  scrollTo(0, 0);
  (focus ?? $(`[data-step="${step}"] h2`))?.focus();
}

function startOver() {
  underWay?.abort();
  underWay = null;
  forget();
  emptySecretFields();
  detected = checked = login = profile = null;
  $("#meant").hidden = true;
  go("address", $("#address"));
  $("#address").select();
}

// MARK: Connect, step 1: the address

async function lookUp(address, isMeant = false) {
  const report = await json(await post("v1/detect", { address }));
  const meant = report.did_you_mean;
  if (meant && !isMeant) return askWhetherMeant(address, meant.includes("@") ? meant : `${address.split("@")[0]}@${meant}`);
  detected = report;
  // The profile only helps with words; without it the flow goes on.
  profile = report.provider.id ? await call(`v1/providers/${encodeURIComponent(report.provider.id)}`).then(json).catch(() => null) : null;
  showFound();
  go("login");
}

function askWhetherMeant(given, meant) {
  $("#meant h3").textContent = `${given.split("@")[1]} looks mistyped. Did you mean ${meant}?`;
  $("#meant-yes").textContent = `Use ${meant}`;
  $("#meant-no").textContent = `Keep ${given}`;
  const choose = (address) => () => {
    $("#meant").hidden = true;
    $("#address").value = address;
    busy($("#address-form"), () => lookUp(address, true));
  };
  $("#meant-yes").onclick = choose(meant);
  $("#meant-no").onclick = choose(given);
  $("#meant").hidden = false;
  $("#meant h3").focus();
}

// MARK: Connect, step 2: what was found, settings, password

function showFound() {
  const { provider } = detected;
  const name = provider.name ?? provider.id ?? "A provider that is not known";
  $("#subject-address").textContent = detected.address;
  $("#subject-provider").textContent = provider.name ?? "";
  $("#found-title").textContent = detected.settings ? name : `No settings are known for ${detected.domain}`;
  $("#found").replaceChildren(...[
    detected.inbox_type && el("p", {}, el("span", { class: "kind" }, detected.inbox_type)),
    sureBar(provider.confidence),
    el("p", {}, provider.reason),
    provider.gateway && el("p", {}, `Mail comes in by way of ${provider.gateway.name}.`),
    ...causesOf(detected.findings.filter((finding) => finding.severity !== "info")).map((cause) => causeCard(cause)),
    evidence(),
  ].filter(Boolean));
  fillSettings();
  showPasswordKind();
}

function sureBar(confidence) {
  const share = el("span");
  share.style.width = percent(confidence).replace(" ", "");
  return el("div", { class: "sure" }, el("span", { class: "track", "aria-hidden": "true" }, share), el("span", {}, `${percent(confidence)} sure`));
}

function evidence() {
  const told = detected.evidence.filter((one) => one.weight > 0);
  if (told.length === 0) return null;
  const rows = told.map((one) => el("li", {}, el("strong", {}, one.source), ` ${one.detail}`, el("span", { class: "soft" }, ` weighs ${percent(one.weight)}`)));
  return el("details", {}, el("summary", {}, "Why"), el("ul", { class: "ledger" }, rows));
}

function fillSettings() {
  const settings = detected.settings;
  for (const side of ["smtp", "imap"]) {
    $(`#${side}-host`).value = settings?.[`${side}_host`] ?? "";
    $(`#${side}-port`).value = settings?.[`${side}_port`] ?? (side === "smtp" ? 587 : 993);
    $(`#${side}-security`).value = settings?.[`${side}_security`] ?? (side === "smtp" ? "starttls" : "tls");
    $(`#${side}-username`).value = settings?.[`${side}_username`] ?? detected.address;
  }
  $("#settings-shown").replaceChildren(...["smtp", "imap"].map((side) => settings && el("div", { class: "server" },
    el("h3", {}, side.toUpperCase()), el("p", { class: "mono" }, `${settings[`${side}_host`]}:${settings[`${side}_port`]}`),
    el("p", { class: "soft fine" }, `${settings[`${side}_security`] === "tls" ? "TLS" : "STARTTLS"}, as ${settings[`${side}_username`] ?? "a user name that is not known"}`),
  )).filter(Boolean));
  editSettings(!settings);
}

function editSettings(isOpen) {
  $("#settings-fields").hidden = !isOpen;
  $("#settings-shown").hidden = isOpen;
  $("#settings-edit").hidden = !detected?.settings;
  $("#settings-edit").textContent = isOpen ? "Use the settings that were found" : "Change these settings";
  $("#settings-edit").setAttribute("aria-expanded", String(isOpen));
}

const KINDS = {
  app_password: ["App password", "wants an app password, not the password of the account."],
  account: ["Password", "takes the password of the account."],
  oauth_only: ["OAuth 2 access token", "takes no password any more; an OAuth 2 access token is needed."],
  bridge: ["Password", "cannot be reached by password from elsewhere."],
};

function showPasswordKind() {
  const password = profile?.password;
  const [label, words] = KINDS[password?.kind] ?? ["Password", null];
  $("#password-title").textContent = label;
  $("#password-label").textContent = label;
  $("#is-token").checked = password?.kind === "oauth_only";
  $("#is-token").closest("details").open = password?.kind === "oauth_only";
  $("#has-imap-own").checked = false;
  $("#imap-own").hidden = true;
  const how = password?.how ?? [];
  const none = "Which kind of password is wanted is not known: usually that of the mailbox, or an app password where two-factor sign-in is on.";
  $("#password-how").replaceChildren(...[
    el("p", {}, words ? `${profile.name} ${words}` : none),
    how.length > 0 && el("ol", {}, how.map((step) => el("li", {}, step))),
    ...(password?.links ?? []).slice(0, 2).map((address) => el("p", { class: "fine" }, link(address))),
    password?.who && password.who !== "user" && el("p", { class: "soft" }, `Who: ${WHO[password.who]}.`),
    profile?.username_note && el("p", { class: "soft" }, profile.username_note),
  ].filter(Boolean));
}

function reveal(button, isShown) {
  $(`#${button.dataset.shows}`).type = isShown ? "text" : "password";
  button.setAttribute("aria-pressed", String(isShown));
}

/** Only what was changed is sent: where the service may choose, it also knows what to try next. */
function changedSide(side) {
  if ($("#settings-fields").hidden) return {};
  const now = {
    host: $(`#${side}-host`).value.trim(), port: Number($(`#${side}-port`).value),
    security: $(`#${side}-security`).value, username: $(`#${side}-username`).value.trim(),
  };
  if (!Number.isInteger(now.port) || now.port < 1 || now.port > 65535) {
    throw new Problem({ title: "A port is a number from 1 to 65535.", field: `${side}.port` });
  }
  const was = detected.settings ?? {};
  const isMoved = ["host", "port", "security"].some((key) => now[key] !== was[`${side}_${key}`]);
  const isRenamed = now.username && now.username !== was[`${side}_username`];
  if (isMoved && !now.host) throw new Problem({ title: "Name the server.", field: `${side}.host` });
  const changes = { ...(isMoved ? { host: now.host, port: now.port, security: now.security } : {}), ...(isRenamed ? { username: now.username } : {}) };
  return Object.keys(changes).length > 0 ? { [side]: changes } : {};
}

function loginBody() {
  const stage = $("#stage").value;
  const age = $("#age").value.trim();
  if (age && !/^\d+$/.test(age)) throw new Problem({ title: "The age is a number of days.", field: "mailbox_age_days" });
  return {
    address: detected.address, ...changedSide("smtp"), ...changedSide("imap"), ...(stage ? { stage } : {}),
    ...(age ? { mailbox_age_days: Number(age) } : {}),
  };
}

// MARK: Connect, step 3: checks and answer

async function check(withSecrets) {
  login = loginBody();
  if (withSecrets && !$("#password").value) throw new Problem({ title: "Type the password, or check without it.", field: "smtp_password" });
  const secrets = withSecrets ? takeSecrets() : {};
  emptySecretFields();
  showChecking();
  const panel = new ChecksPanel($("#check-run"), { settings: shownSettings() });
  const mine = underWay = new AbortController();
  try {
    checked = await run("v1/doctor", { ...login, ...secrets }, panel, mine);
  } catch (problem) {
    if (mine === underWay) go("login", $("#password"));
    throw problem;
  }
  panel.finish(checked);
  const isReady = checked.verdict.startsWith("ready");
  if (isReady && Object.keys(secrets).length > 0) hold(secrets);
  showAnswer($("#check-answer"), checked, afterCheck(isReady));
}

/** What the panel names beside the sides: the settings as they stand in the fields. */
function shownSettings() {
  const sides = ["smtp", "imap"].map((side) => [[`${side}_host`, $(`#${side}-host`).value], [`${side}_port`, $(`#${side}-port`).value]]);
  return Object.fromEntries(sides.flat());
}

function showChecking() {
  const stop = el("button", { type: "button", onclick: () => underWay?.abort() }, "Stop");
  $("#check-answer").replaceChildren(el("section", { class: "card" },
    el("h2", { tabindex: "-1" }, "Checking"), el("p", { class: "soft" }, "Each check is told as it ends."), el("p", { class: "actions" }, stop)));
  go("check");
}

function afterCheck(isReady) {
  const again = () => { forget(); go("login", $("#password")); };
  const isForOthers = ["admin", "provider"].includes(answerOf(checked).cause?.who);
  return el("p", { class: "actions" },
    isReady && el("button", { type: "button", class: "primary", onclick: showAdd }, "Add this mailbox"),
    el("button", { type: "button", class: isReady ? null : "primary", onclick: again }, isReady || isForOthers ? "Back to the settings" : "Try again"),
    el("button", { type: "button", class: "quiet", onclick: saveReport }, "Save the report"));
}

/** A report holds no secret: the service masks them. */
const saveReport = () => download(`${checked.domain}.report.json`, "application/json", JSON.stringify(checked, null, 2));

// MARK: Connect, step 4: add

function showAdd() {
  const limit = checked.daily_limit;
  $("#daily-limit").value = limit?.recommended ?? "";
  $("#limit-advice").textContent = limit ? `${limit.recommended} is advised; sensible are ${limit.low} to ${limit.high}.` : "";
  $("#limit").hidden = !limit;
  if (limit) $("#limit").replaceChildren(...limitNodes(limit));
  $("#accept").hidden = checked.verdict !== "ready_with_warnings";
  $("#accept-warnings").checked = false;
  $("#add-answer").replaceChildren();
  $("#add-run").replaceChildren();
  $("#add-form").hidden = false;
  askAgain();
  go("add");
}

/** The field for the password stands there only if it is not held any more. */
function askAgain() {
  $("#again").hidden = held !== null;
  $("#again-imap-own").hidden = !$("#has-imap-own").checked;
}

function limitNodes(limit) {
  const most = Math.max(1, ...(limit.ramp ?? []).map((step) => step.daily));
  const bars = (limit.ramp ?? []).slice(0, 12).map((step) => {
    const column = el("span", { class: "column", "aria-hidden": "true" });
    column.style.height = `${(step.daily / most) * 75}%`;
    const weeks = step.to_week === null ? `${step.from_week}+` : step.to_week === step.from_week ? `${step.from_week}` : `${step.from_week}–${step.to_week}`;
    return el("li", {}, el("strong", {}, String(step.daily)), column, el("span", { class: "week" }, el("span", { class: "unseen" }, "a day in week "), weeks));
  });
  return [
    el("h2", {}, `${limit.recommended} messages a day`),
    bars.length > 0 && el("p", { class: "soft" }, "Week by week, warm-up mail included:"),
    bars.length > 0 && el("ol", { class: "ramp" }, bars),
    el("ul", {}, limit.reasons.map((reason) => el("li", {}, reason))),
    el("details", {}, el("summary", {}, "Sources"), el("ul", { class: "fine" }, limit.sources.map((source) => el("li", {}, link(source))))),
  ].filter(Boolean);
}

function addBody() {
  const name = $("#display-name").value.trim();
  const limit = $("#daily-limit").value.trim();
  if (!name) throw new Problem({ title: "Type the name that recipients shall see.", field: "display_name" });
  if (limit && !/^[1-9]\d*$/.test(limit)) throw new Problem({ title: "A number of messages, 1 or more.", field: "daily_limit" });
  if (!$("#accept").hidden && !$("#accept-warnings").checked) {
    throw new Problem({ title: "Tick this to add it all the same.", field: "accept_warnings" });
  }
  if (!held && !$("#again-password").value) throw new Problem({ title: "Type the password once more.", field: "smtp_password" });
  return {
    ...login, display_name: name, ...(limit ? { daily_limit: Number(limit) } : {}), ...($("#accept").hidden ? {} : { accept_warnings: true }),
  };
}

async function add() {
  const asked = addBody();
  if (!held) hold(takeSecrets("again-"));
  const body = { ...asked, ...held };
  // The same attempt keeps its key: asked again after a lost connection, nothing is added twice.
  if (attempt?.body !== JSON.stringify(body)) attempt = { key: newKey(), body: JSON.stringify(body) };
  const panel = showAdding();
  const mine = underWay = new AbortController();
  try {
    checked = await run("v1/accounts", body, panel, { signal: mine.signal, headers: { "Idempotency-Key": attempt.key } });
  } catch (problem) {
    if (mine !== underWay) throw problem;
    showAdd();
    $("#display-name").value = asked.display_name;
    $("#daily-limit").value = asked.daily_limit ?? "";
    $("#accept-warnings").checked = Boolean(asked.accept_warnings);
    if (problem.isLost) problem.message += " Whether it was added is not known; to press Add again is safe, nothing is added twice.";
    throw problem;
  }
  forget();
  panel.finish(checked);
  showAnswer($("#add-answer"), checked, registrationFacts(checked.registration), afterAdd());
}

function showAdding() {
  $("#add-form").hidden = true;
  const heading = el("h2", { tabindex: "-1" }, "Adding");
  $("#add-answer").replaceChildren(el("section", { class: "card" }, heading, el("p", { class: "soft" }, "Both logins first, then the registration.")));
  heading.focus();
  return new ChecksPanel($("#add-run"), { settings: shownSettings() });
}

function registrationFacts(outcome) {
  if (!outcome) return null;
  const facts = {
    "Inbox id": outcome.inbox_id && el("code", {}, outcome.inbox_id), Status: outcome.overall_status && el("code", {}, outcome.overall_status),
    "Messages a day": outcome.daily_limit && String(outcome.daily_limit), Since: moment(outcome.created_at),
  };
  const rows = Object.entries(facts).filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  const words = [...(outcome.notes ?? []), ...(outcome.steps ?? []).map((step) => step.text).filter(Boolean)];
  return el("div", {}, rows.length > 0 && el("dl", { class: "facts" }, rows), words.map((text) => el("p", {}, text)));
}

function afterAdd() {
  const isIn = ["registered", "already_registered"].includes(checked.registration?.status);
  const id = checked.registration?.inbox_id;
  return el("p", { class: "actions" },
    !isIn && el("button", { type: "button", class: "primary", onclick: () => go("login", $("#password")) }, "Back to the settings"),
    el("button", { type: "button", class: isIn ? "primary" : null, onclick: startOver }, "Connect another mailbox"),
    id && copyButton(id, "Copy the id"), el("button", { type: "button", class: "quiet", onclick: saveReport }, "Save the report"));
}

// MARK: - Explain

async function explain() {
  const text = $("#text").value;
  if (!text.trim()) throw new Problem({ title: "Paste a text.", field: "text" });
  const answer = await json(await post("v1/explain", { text }));
  // What the service gives back has its secrets masked; a pasted log may hold a password, which must not stay here.
  const isMasked = answer.text !== text;
  if (isMasked) $("#text").value = answer.text;
  const causes = answer.findings.map((finding) => causeOf([finding]));
  const about = [answer.provider && `provider ${answer.provider}`, answer.protocol?.toUpperCase(), answer.stage && `at the stage ${answer.stage}`].filter(Boolean).join(", ");
  const heading = el("h2", { tabindex: "-1" }, causes.length > 1 ? "What it may mean, the likeliest first" : "What it means");
  $("#explained").replaceChildren(heading, about ? el("p", { class: "soft" }, `It speaks of: ${about}.`) : "",
    // Nothing failed here: how sure each is, is what the reader wants to know first.
    ...causes.map((cause) => causeCard(cause, `${percent(cause.confidence)} SURE`)));
  proclaim(causes[0]?.sentence ?? "Nothing is known of it.");
  heading.focus();
}

// MARK: - Many

const LARGEST = 16 * 1024 * 1024;
const COUNTS = { rows: "rows", ready: "ready", action_needed: "action needed", cannot_tell: "cannot tell", bad_rows: "not readable", registered: "registered" };
const GOES_ON = "Rows are shown as they end, grouped by what stands in the way. It goes on when this page is closed.";
const IN_A_GROUP = 200; // rows that are shown; all are in the results
let batch = null;

async function startBatch() {
  const [file] = $("#file").files;
  if (!file) throw new Problem({ title: "Choose a file.", field: "file" });
  if (file.size > LARGEST) throw new Problem({ title: "The file is larger than 16 MiB; send it in parts.", field: "file" });
  const type = /\.(ndjson|jsonl)$/i.test(file.name) ? "application/x-ndjson" : "text/csv";
  const path = $("#register").checked ? "v1/batches?register=true" : "v1/batches";
  const response = await call(path, { method: "POST", body: file, headers: { "Content-Type": type, "Idempotency-Key": newKey() } });
  const { batch_id: id } = await json(response);
  batch = { path: `v1/batches/${encodeURIComponent(id)}`, name: file.name, rows: new Map(), counts: {}, groups: new Map(), last: null, stop: new AbortController() };
  // The file holds passwords: it is let go of as soon as the service has it.
  $("#file").value = "";
  nameFile();
  showBatch();
  follow(batch).catch((problem) => showProblem($("#batch"), problem));
}

function showBatch() {
  $("#many-form").hidden = true;
  $("#batch").hidden = false;
  clearErrors($("#batch"));
  $("#batch-title").textContent = batch.name;
  $("#batch-state").textContent = GOES_ON;
  $("#batch-progress").className = "progress runs";
  $("#batch-progress span").style.width = "";
  $("#batch-cancel").hidden = false;
  $("#groups").replaceChildren();
  showCounts({});
  $("#batch-title").focus();
}

/** Follows the rows to the end of the batch; a lost connection is taken up where it broke off. */
async function follow(mine) {
  for (let lost = 0; mine === batch; ) {
    const before = mine.last;
    try {
      const headers = { Accept: "text/event-stream", ...(mine.last ? { "Last-Event-ID": mine.last } : {}) };
      for await (const { id, name, data } of events(await call(`${mine.path}/events`, { headers, signal: mine.stop.signal }))) {
        if (mine !== batch) return;
        if (id) mine.last = id;
        if (lost) $("#batch-state").textContent = GOES_ON;
        lost = 0;
        if (name === "row") takeRow(mine, data);
        if (name === "progress") showProgress(data);
        if (name === "summary") mine.summary = data.summary;
        if (mine.summary) return await batchEnded(mine);
      }
    } catch (error) {
      if (mine !== batch || (error instanceof Problem && !error.isLost)) throw error;
    }
    const { status } = await call(mine.path).then(json).catch(() => ({}));
    if (status && status !== "running") return batchEnded(mine);
    lost = mine.last === before ? lost + 1 : 1;
    if (lost > 6) throw Problem.lost();
    $("#batch-state").textContent = "The connection to the service was lost; it is being tried again.";
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** lost));
  }
}

/** Once the file is read to its end, it is known how much is done. */
function showProgress({ done, read, all_read: isKnown }) {
  if (!isKnown || !read) return;
  $("#batch-progress").className = "progress known";
  $("#batch-progress span").style.width = `${(done / read) * 100}%`;
}

/** A row is told once more where a batch is followed again from its beginning. */
function takeRow(mine, row) {
  if (mine.rows.has(row.row)) return;
  mine.rows.set(row.row, row);
  const count = (key) => { mine.counts[key] = (mine.counts[key] ?? 0) + 1; };
  count("rows");
  count(row.verdict ? row.verdict.replace("_with_warnings", "") : "bad_rows");
  if (row.registration === "registered") count("registered");
  groupOf(mine, row).add(row);
  showCounts(mine.counts);
}

/** What rows are put together by: the cause, or what became of those that have none. */
function rowCause(row) {
  const mark = { ready: "ok", ready_with_warnings: "warn", action_needed: "fail" }[row.verdict] ?? "unclear";
  if (!row.verdict) return { ...row, key: row.cause, mark, summary: `Cannot be read: ${(row.cause ?? "").replaceAll("_", " ")}.` };
  if (row.cause) return { ...row, key: row.cause, mark };
  const outcome = ["not_attempted", null, undefined].includes(row.registration) ? null : row.registration;
  const plain = { ready: "Can be connected", action_needed: "Cannot be connected" }[row.verdict] ?? "Cannot be told";
  return { ...row, key: outcome ?? row.verdict, mark, summary: `${outcome ? capital(outcome.replaceAll("_", " ")) : plain}.` };
}

function groupOf(mine, row) {
  const cause = rowCause(row);
  if (!mine.groups.has(cause.key)) mine.groups.set(cause.key, new Group(cause));
  return mine.groups.get(cause.key);
}

class Group {
  constructor({ mark, summary, fix, who }) {
    this.count = 0;
    this.summary = summary;
    this.number = el("b", {}, "0");
    this.list = el("ul");
    this.more = el("p", { class: "soft" });
    const isBad = mark !== "ok";
    const node = el("section", { class: `card group ${mark}` }, el("details", { open: isBad },
      el("summary", {}, this.number, el("span", {}, summary)),
      fix && el("p", {}, el("strong", {}, "Do "), fix, who && el("span", { class: "soft" }, ` Who: ${WHO[who]}.`)), this.list, this.more));
    // What needs somebody stands above what is done.
    if (isBad) $("#groups").insertBefore(node, $("#groups > .ok"));
    else $("#groups").append(node);
  }

  /** One cause may name another server in each row; what differs from the heading is told beside the row. */
  item(row) {
    if (!row.address) return el("li", {}, row.summary ?? `line ${row.line}`);
    const own = row.cause && row.summary !== this.summary ? ` ${row.summary}` : "";
    return el("li", {}, row.address, el("span", { class: "soft" }, ` line ${row.line}${own && ":"}${own}`));
  }

  add(row) {
    this.count += 1;
    this.number.textContent = String(this.count);
    if (this.count > IN_A_GROUP) this.more.textContent = `and ${this.count - IN_A_GROUP} more, which are in the results`;
    else this.list.append(this.item(row));
  }
}

function showCounts(counts) {
  const shown = Object.entries(COUNTS).filter(([key]) => key !== "registered" || counts.registered);
  $("#batch-counts").replaceChildren(...shown.map(([key, name]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(counts[key] ?? 0)))));
}

async function batchEnded(mine) {
  const told = await call(mine.path).then(json).catch(() => ({}));
  const status = told.status ?? (mine.isCancelled ? "cancelled" : "done");
  if (mine !== batch) return;
  showCounts(mine.summary ?? told.summary ?? mine.counts);
  const words = { done: "All rows are answered.", cancelled: "It was cancelled; the rows that had ended are in the results.",
    interrupted: "The service was stopped in between; send the file again. The rows that had ended are in the results." }[status] ?? `It ended: ${status}.`;
  $("#batch-state").textContent = words;
  $("#batch-progress span").style.width = "";
  $("#batch-progress").className = status === "done" ? "progress" : "progress stopped";
  $("#batch-cancel").hidden = true;
  proclaim(words);
}

async function cancelBatch() {
  batch.isCancelled = true;
  await call(batch.path, { method: "DELETE" });
  $("#batch-state").textContent = "It is being cancelled.";
  say("It is being cancelled.");
  $("#batch-title").focus();
}

/** The service gives whole reports back; the table is made of what was told here. */
async function saveResults(kind) {
  const name = batch.name.replace(/\.\w+$/, "");
  if (kind === "ndjson") return download(`${name}.results.ndjson`, "application/x-ndjson", await (await call(`${batch.path}/results`)).text());
  const columns = ["row", "line", "address", "verdict", "cause", "summary", "fix", "who", "provider", "registration", "inbox_id", "daily_limit"];
  const rows = [...batch.rows.values()].sort((one, other) => one.row - other.row);
  const table = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  download(`${name}.results.csv`, "text/csv", table.map((cells) => cells.map(cell).join(",")).join("\r\n") + "\r\n");
}

/** A spreadsheet takes a cell that begins like a formula for one; an apostrophe makes a text of it. */
function cell(value) {
  const text = String(value ?? "").replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function newBatch() {
  batch?.stop.abort();
  batch = null;
  $("#batch").hidden = true;
  $("#many-form").hidden = false;
  $("#many-title").focus();
}

function nameFile() {
  const [file] = $("#file").files;
  $("#file-label").textContent = file ? file.name : "Choose a file, or drop it here";
}

// MARK: - Tabs

function select(tab) {
  for (const other of all('[role="tab"]')) {
    const isIt = other === tab;
    other.setAttribute("aria-selected", String(isIt));
    other.tabIndex = isIt ? 0 : -1;
    $(`#${other.getAttribute("aria-controls")}`).hidden = !isIt;
  }
  tab.focus();
}

function tabKey(event) {
  const tabs = all('[role="tab"]');
  const place = tabs.indexOf(event.target);
  const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  select(tabs[(to + tabs.length) % tabs.length]);
}

// MARK: - All together

function onSubmit(id, work) {
  const form = $(id);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form, work);
  });
}

function onClick(id, work) {
  $(id).addEventListener("click", () => Promise.resolve(work()).catch((problem) => showProblem($(id).closest("form, section"), problem)));
}

onSubmit("#address-form", async () => {
  const address = $("#address").value.trim();
  $("#meant").hidden = true;
  if (!/^[^@\s]+@[^@\s]+$/.test(address)) throw new Problem({ title: "Type a whole address, like jane@example.com.", field: "address" });
  await lookUp(address);
});
onSubmit("#login-form", () => check(true));
onSubmit("#add-form", add);
onSubmit("#explain-form", explain);
onSubmit("#many-form", startBatch);
document.addEventListener("input", ({ target }) => {
  if (target.getAttribute("aria-invalid")) clearError(target);
});
onClick("#another", startOver);
onClick("#without", () => busy($("#login-form"), () => check(false)));
onClick("#batch-cancel", cancelBatch);
onClick("#batch-csv", () => saveResults("csv"));
onClick("#batch-ndjson", () => saveResults("ndjson"));
onClick("#batch-new", newBatch);
$("#settings-edit").addEventListener("click", () => {
  const isOpen = $("#settings-fields").hidden;
  fillSettings();
  editSettings(isOpen);
  if (isOpen) $("#smtp-host").focus();
});
$("#has-imap-own").addEventListener("change", (event) => { $("#imap-own").hidden = !event.target.checked; });
$("#is-token").addEventListener("change", (event) => { $("#password-label").textContent = event.target.checked ? KINDS.oauth_only[0] : "Password"; });
$("#file").addEventListener("change", nameFile);
for (const button of all("[data-shows]")) button.addEventListener("click", () => reveal(button, button.getAttribute("aria-pressed") !== "true"));
for (const tab of all('[role="tab"]')) {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", tabKey);
}
// A page that is left may be kept for the way back; its secrets may not.
addEventListener("pagehide", () => {
  forget();
  emptySecretFields();
  token = null;
  underWay?.abort();
});
go("address", $("#address"));
